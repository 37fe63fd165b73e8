#[agentops::task(ret(Debug = 3))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
