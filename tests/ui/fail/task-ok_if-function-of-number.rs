#[agentops::task(ok_if = is_big)]
fn search(query: &str) -> usize {
    query.len()
}

fn is_big(size: &usize) -> u32 {
    size.count_ones()
}

fn main() {}
