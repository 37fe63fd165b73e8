#[agentops::tool(metrics = 5)]
fn run() {}

fn main() {}
