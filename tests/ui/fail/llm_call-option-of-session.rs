#[agentops::llm_call(id = 3)]
fn complete() {}

fn main() {}
