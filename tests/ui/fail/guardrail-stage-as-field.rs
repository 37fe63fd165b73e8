#[agentops::guardrail(fields(agentops.guardrail.stage = "input"))]
fn run() {}

fn main() {}
