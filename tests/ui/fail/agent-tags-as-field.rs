#[agentops::agent(fields(agentops.tags = "beta"))]
fn run() {}

fn main() {}
