#[agentops::guardrail]
#[agentops::guardrail("again")]
fn check() {}

fn main() {}
