#[agentops::guardrail(acton)]
fn run() {}

fn main() {}
