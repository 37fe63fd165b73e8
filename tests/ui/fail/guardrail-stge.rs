#[agentops::guardrail(stge)]
fn run() {}

fn main() {}
