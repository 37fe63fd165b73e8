#[agentops::guardrail(triggered = |size| size.count_ones())]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
