#[agentops::task(args("query"))]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
