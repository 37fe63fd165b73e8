#[agentops::task(ret(frobnicate))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
