#[agentops::task(args(query(1)))]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
