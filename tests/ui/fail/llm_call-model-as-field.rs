#[agentops::llm_call(fields(gen_ai.request.model = "gpt-4o"))]
fn complete() {}

fn main() {}
