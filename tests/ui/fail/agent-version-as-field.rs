#[agentops::agent(fields(gen_ai.agent.version = "1"))]
fn run() {}

fn main() {}
