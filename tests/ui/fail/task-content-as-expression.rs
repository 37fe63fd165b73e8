#[agentops::task(content = query.is_empty())]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
