#[agentops::task(error_if = |size| *size > 3)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
