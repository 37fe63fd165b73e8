#[agentops::task(err_if = query.is_empty())]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
