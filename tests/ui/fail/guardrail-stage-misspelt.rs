#[agentops::guardrail(stage = ouput)]
fn run() {}

fn main() {}
