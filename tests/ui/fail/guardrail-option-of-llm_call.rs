#[agentops::guardrail(model = "gpt-4o")]
fn run() {}

fn main() {}
