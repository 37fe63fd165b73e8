#[agentops::task(args(0))]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
