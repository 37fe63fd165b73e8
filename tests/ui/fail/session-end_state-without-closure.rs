#[agentops::session(end_state = agentops::EndState::Success.clone())]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
