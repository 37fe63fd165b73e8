#[agentops::tool(callid)]
fn run() {}

fn main() {}
