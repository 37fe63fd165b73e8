#[agentops::tool(cost)]
fn run() {}

fn main() {}
