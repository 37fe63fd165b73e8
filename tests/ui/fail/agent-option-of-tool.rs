#[agentops::agent(call_id = 7)]
fn run() {}

fn main() {}
