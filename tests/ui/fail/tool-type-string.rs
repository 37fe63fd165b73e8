#[agentops::tool(type = "function")]
fn run() {}

fn main() {}
