#[agentops::tool(call_id = ?id)]
fn run() {}

fn main() {}
