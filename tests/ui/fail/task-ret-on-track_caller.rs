#[agentops::task(ret(Debug))]
#[track_caller]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
