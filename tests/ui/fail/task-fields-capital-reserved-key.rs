#[agentops::task(fields("AgentOps.tier" = 3))]
fn run() {}

fn main() {}
