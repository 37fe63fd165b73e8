#[agentops::task(args(frobnicate))]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
