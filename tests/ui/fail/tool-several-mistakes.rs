#[agentops::tool(
    type = "function",
    cost = -1,
    args(quary, ?limit = 3, 0, limit, limit),
    skip(limit),
    metrics(tier = ?1, tier = "a", "b "),
    kind = clinet,
    threshold = 0.5,
)]
fn search(query: &str, limit: usize) -> bool {
    query.len() < limit
}

fn main() {}
