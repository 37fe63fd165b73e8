#[agentops::task(ret(Frobnicate))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
