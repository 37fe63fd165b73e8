#[agentops::task(skip(query, query))]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
