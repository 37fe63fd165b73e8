#[agentops::task(skip(0))]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
