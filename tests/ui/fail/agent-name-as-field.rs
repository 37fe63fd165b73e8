#[agentops::agent(fields(gen_ai.agent.name = "planner"))]
fn run() {}

fn main() {}
