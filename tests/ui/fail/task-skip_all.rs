#[agentops::task(skip_all)]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
