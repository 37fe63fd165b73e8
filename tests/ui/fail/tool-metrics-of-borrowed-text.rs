#[agentops::tool(metrics(user = user))]
fn run(user: &str) -> usize {
    user.len()
}

fn main() {}
