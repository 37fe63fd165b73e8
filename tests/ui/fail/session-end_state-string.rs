#[agentops::session(end_state = "Success")]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
