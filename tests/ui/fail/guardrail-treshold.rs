#[agentops::guardrail(treshold)]
fn run() {}

fn main() {}
