#[agentops::tool(metrics = false, metrics(tier = "a"))]
fn run() {}

fn main() {}
