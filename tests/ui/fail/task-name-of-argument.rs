#[agentops::task(name = query)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
