#[agentops::agent(fields(gen_ai.agent.description = "Plans."))]
fn run() {}

fn main() {}
