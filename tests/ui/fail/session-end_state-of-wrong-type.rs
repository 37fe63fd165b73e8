#[agentops::session(end_state = |size| *size > 3)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
