#[agentops::task(ret(fields))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
