#[agentops::llm_call(provider = "")]
fn complete() {}

fn main() {}
