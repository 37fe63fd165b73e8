#[agentops::task(content(false))]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
