struct Tier;

#[agentops::task(ret(fields(tier = |_| Tier)))]
fn search(query: &str) -> usize {
    query.len()
}

fn main() {}
