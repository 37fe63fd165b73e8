#[agentops::task(ret = |size| *size)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
