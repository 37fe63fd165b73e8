#[agentops::task(ret(fields(agentops.hits = |size| *size)))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
