#[agentops::agent(fields(gen_ai.agent.id = "a-1"))]
fn run() {}

fn main() {}
