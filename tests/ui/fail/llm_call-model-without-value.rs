#[agentops::llm_call(model)]
fn complete() {}

fn main() {}
