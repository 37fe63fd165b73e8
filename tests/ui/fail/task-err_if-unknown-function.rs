#[agentops::task(err_if = is_bg)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
