#[agentops::llm_call(fields(gen_ai.request.modle = "gpt-4o"))]
fn complete() {}

fn main() {}
