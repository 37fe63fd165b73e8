#[agentops::task(skip(quary))]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
