#[agentops::tool(cst = 0.05)]
fn run() {}

fn main() {}
