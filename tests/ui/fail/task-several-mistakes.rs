#[agentops::task(
    nmae = "x",
    skip(quary, self),
    tags("", 1),
    content = 3,
    leaf,
)]
fn run(query: &str) -> usize {
    query.len()
}

fn main() {}
