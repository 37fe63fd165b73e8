#[agentops::agent(agent_id = "a-1")]
fn run() {}

fn main() {}
