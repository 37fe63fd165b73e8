#[agentops::llm_call(model = 4)]
fn complete() {}

fn main() {}
