#[agentops::tool(model = "gpt-4o")]
fn run() {}

fn main() {}
