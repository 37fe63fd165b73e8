#[agentops::task(args(size = query.len(), size = limit))]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
