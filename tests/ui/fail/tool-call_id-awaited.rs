#[agentops::tool(call_id = id().await)]
fn run() {}

fn main() {}
