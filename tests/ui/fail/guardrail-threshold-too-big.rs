#[agentops::guardrail(threshold = 1.5)]
fn run() {}

fn main() {}
