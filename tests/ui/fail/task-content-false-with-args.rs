#[agentops::task(args(query), content = false)]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
