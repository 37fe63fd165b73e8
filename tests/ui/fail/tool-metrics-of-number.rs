#[agentops::tool(metrics(size = query.len()))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
