#[agentops::tool(fields(agentops.cost = 0.05))]
fn run() {}

fn main() {}
