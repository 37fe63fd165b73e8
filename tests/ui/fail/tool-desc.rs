#[agentops::tool(desc = "x")]
fn run() {}

fn main() {}
