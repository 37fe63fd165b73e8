#[agentops::tool(leaf)]
fn run() {}

fn main() {}
