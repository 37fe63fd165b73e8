#[agentops::task(ret("Debug"))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
