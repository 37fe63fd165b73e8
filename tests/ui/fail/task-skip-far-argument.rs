#[agentops::task(skip(frobnicate))]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
