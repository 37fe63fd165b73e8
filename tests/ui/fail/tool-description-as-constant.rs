#[agentops::tool(description = TEXT)]
fn run() {}

fn main() {}
