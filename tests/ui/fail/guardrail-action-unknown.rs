#[agentops::guardrail(action = explode)]
fn run() {}

fn main() {}
