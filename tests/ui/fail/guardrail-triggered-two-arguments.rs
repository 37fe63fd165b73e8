#[agentops::guardrail(triggered = |size, more| *size > 3)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
