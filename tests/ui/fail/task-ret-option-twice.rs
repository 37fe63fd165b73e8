#[agentops::task(ret(Debug), ret(Display))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
