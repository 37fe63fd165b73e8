#[agentops::tool(description = 3)]
fn run() {}

fn main() {}
