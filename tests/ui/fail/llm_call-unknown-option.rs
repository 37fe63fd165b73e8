#[agentops::llm_call(modell = "gpt-4o")]
fn complete() {}

fn main() {}
