#[agentops::task(skip(query::len))]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
