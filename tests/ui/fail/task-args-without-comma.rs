#[agentops::task(args(query limit))]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
