#[agentops::guardrail(stage = middle)]
fn run() {}

fn main() {}
