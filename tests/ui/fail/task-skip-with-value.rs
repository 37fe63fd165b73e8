#[agentops::task(skip(query = 1))]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
