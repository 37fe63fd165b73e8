#[agentops::llm_call(fields(gen_ai.provider.name = "openai"))]
fn complete() {}

fn main() {}
