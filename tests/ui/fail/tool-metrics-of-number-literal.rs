#[agentops::tool(metrics(size = 5))]
fn run() {}

fn main() {}
