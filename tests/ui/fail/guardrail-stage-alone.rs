#[agentops::guardrail(stage)]
fn run() {}

fn main() {}
