#[agentops::tool(description)]
fn run() {}

fn main() {}
