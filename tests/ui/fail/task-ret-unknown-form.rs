#[agentops::task(ret(Jsn))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
