#[agentops::llm_call(provider("openai"))]
fn complete() {}

fn main() {}
