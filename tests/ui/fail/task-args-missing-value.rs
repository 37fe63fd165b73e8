#[agentops::task(args(size =))]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
