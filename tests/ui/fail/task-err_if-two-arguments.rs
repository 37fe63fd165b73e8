#[agentops::task(err_if = |size, more| *size > 3)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
