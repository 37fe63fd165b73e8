#[agentops::tool(type = functon)]
fn run() {}

fn main() {}
