#[agentops::task(end_state = |_| agentops::EndState::Success)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
