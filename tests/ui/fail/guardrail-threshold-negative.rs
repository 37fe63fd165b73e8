#[agentops::guardrail(threshold = -1)]
fn run() {}

fn main() {}
