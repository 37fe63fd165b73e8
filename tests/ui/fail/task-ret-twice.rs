#[agentops::task(ret(Debug, |size| *size))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
