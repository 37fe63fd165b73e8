#[agentops::task(args_all)]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
