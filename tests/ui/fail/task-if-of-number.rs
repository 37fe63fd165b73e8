#[agentops::task(if = query.len())]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
