#[agentops::tool(tool_call_id = 7)]
fn run() {}

fn main() {}
