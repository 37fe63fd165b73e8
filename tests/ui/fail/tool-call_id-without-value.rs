#[agentops::tool(call_id)]
fn run() {}

fn main() {}
