#[agentops::task(err(Debug))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
