#[agentops::task(ret(fields(hits = 3)))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
