#[agentops::task(content = "no")]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
