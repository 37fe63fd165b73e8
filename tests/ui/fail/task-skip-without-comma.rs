#[agentops::task(skip(query limit))]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
