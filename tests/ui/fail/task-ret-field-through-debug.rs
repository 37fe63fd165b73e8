#[agentops::task(ret(fields(hits = ?|size| *size)))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
