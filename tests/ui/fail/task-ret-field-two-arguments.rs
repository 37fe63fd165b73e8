#[agentops::task(ret(fields(hits = |size, more| *size)))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
