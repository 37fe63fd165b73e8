#[agentops::guardrail(fields(agentops.guardrail.triggered = true))]
fn run() {}

fn main() {}
