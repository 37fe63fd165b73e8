#[agentops::llm_call(fields(gen_ai.system = "openai"))]
fn complete() {}

fn main() {}
