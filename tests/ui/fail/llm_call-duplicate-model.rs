#[agentops::llm_call(model = "gpt-4o", model = "gpt-4o-mini")]
fn complete() {}

fn main() {}
