#[agentops::guardrail(spec = input)]
fn run() {}

fn main() {}
