#[agentops::tool(type)]
fn run() {}

fn main() {}
