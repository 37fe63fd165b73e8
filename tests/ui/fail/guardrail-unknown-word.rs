#[agentops::guardrail(frobnicate)]
fn run() {}

fn main() {}
