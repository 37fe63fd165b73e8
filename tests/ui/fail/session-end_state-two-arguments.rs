#[agentops::session(end_state = |size, more| agentops::EndState::Success)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
