#[agentops::tool(cost = -0.5)]
fn run() {}

fn main() {}
