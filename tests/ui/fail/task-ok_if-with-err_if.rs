#[agentops::task(err_if = |size| *size == 0, ok_if = |size| *size > 3)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
