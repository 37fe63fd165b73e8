#[agentops::task(ok_if = |size| *size > 3)]
#[track_caller]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
