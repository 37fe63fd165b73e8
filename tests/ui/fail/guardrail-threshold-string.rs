#[agentops::guardrail(threshold = "0.5")]
fn run() {}

fn main() {}
