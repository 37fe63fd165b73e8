#[agentops::task(skip_args(query))]
fn run(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
