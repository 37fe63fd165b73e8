#[agentops::task(args(size = quary.len()))]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
