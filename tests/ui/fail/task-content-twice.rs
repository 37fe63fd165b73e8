#[agentops::task(content = false, content = true)]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
