#[agentops::task(content = false, skip(query))]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
