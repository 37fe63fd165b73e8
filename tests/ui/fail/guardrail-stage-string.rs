#[agentops::guardrail(stage = "input")]
fn run() {}

fn main() {}
