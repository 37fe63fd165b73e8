#[agentops::task(ret)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
