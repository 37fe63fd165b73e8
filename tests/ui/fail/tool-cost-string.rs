#[agentops::tool(cost = "0.05")]
fn run() {}

fn main() {}
