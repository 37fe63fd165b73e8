#[agentops::task(ret(|size: &String| size.len()))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
