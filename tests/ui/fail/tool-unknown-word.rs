#[agentops::tool(frobnicate)]
fn run() {}

fn main() {}
