#[agentops::tool(descripton)]
fn run() {}

fn main() {}
