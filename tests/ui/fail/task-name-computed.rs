#[agentops::task(name = query.to_owned())]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
