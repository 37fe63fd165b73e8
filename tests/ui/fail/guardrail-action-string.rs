#[agentops::guardrail(action = "block")]
fn run() {}

fn main() {}
