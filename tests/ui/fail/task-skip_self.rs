#[agentops::task(skip_self)]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
