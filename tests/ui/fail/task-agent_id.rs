#[agentops::task(agent_id = "x")]
fn run() {}

fn main() {}
