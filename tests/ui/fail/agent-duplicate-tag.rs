#[agentops::agent(tags("beta", "beta"))]
fn run() {}

fn main() {}
