#[agentops::tool(threshold = 0.5)]
fn run() {}

fn main() {}
