#[agentops::tool(metrics)]
fn run() {}

fn main() {}
