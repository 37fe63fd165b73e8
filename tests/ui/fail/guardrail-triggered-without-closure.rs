#[agentops::guardrail(triggered = true)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
