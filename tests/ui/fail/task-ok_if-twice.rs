#[agentops::task(ok_if = |size| *size > 3, ok_if = |size| *size > 4)]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
