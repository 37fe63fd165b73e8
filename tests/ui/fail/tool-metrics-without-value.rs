#[agentops::tool(metrics(tier))]
fn run() {}

fn main() {}
