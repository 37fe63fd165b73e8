#[agentops::llm_call(system = "openai")]
fn complete() {}

fn main() {}
