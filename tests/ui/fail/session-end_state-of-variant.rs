#[agentops::session(end_state = agentops::EndState::Success)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
