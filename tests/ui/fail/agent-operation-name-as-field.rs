#[agentops::agent(fields(gen_ai.operation.name = "plan"))]
fn run() {}

fn main() {}
