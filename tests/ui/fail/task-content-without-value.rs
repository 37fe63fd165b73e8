#[agentops::task(content)]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
