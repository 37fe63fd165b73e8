#[agentops::tool(metrics(user = user))]
fn run(user: String) -> usize {
    user.len()
}

fn main() {}
