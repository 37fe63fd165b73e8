#[agentops::tool(metrics(tier = "a", tier = "b"))]
fn run() {}

fn main() {}
