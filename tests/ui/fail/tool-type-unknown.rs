#[agentops::tool(type = frobnicate)]
fn run() {}

fn main() {}
