#[agentops::guardrail(metrics(tier = "a"))]
fn run() {}

fn main() {}
