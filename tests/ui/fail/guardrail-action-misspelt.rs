#[agentops::guardrail(action = blok)]
fn run() {}

fn main() {}
