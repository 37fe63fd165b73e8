#[agentops::task(ok_if = |size| *size > 3, err_if = |size| *size == 0)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
