#[agentops::tool(metrics(agentops.tier = "a"))]
fn run() {}

fn main() {}
