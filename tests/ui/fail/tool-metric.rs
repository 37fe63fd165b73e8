#[agentops::tool(metric = false)]
fn run() {}

fn main() {}
