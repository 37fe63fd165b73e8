#[agentops::task(skip(query.len))]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
