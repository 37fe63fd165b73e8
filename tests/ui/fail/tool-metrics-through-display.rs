#[agentops::tool(metrics(tier = %1))]
fn run() {}

fn main() {}
