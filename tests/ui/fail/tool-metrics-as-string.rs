#[agentops::tool(metrics = "off")]
fn run() {}

fn main() {}
