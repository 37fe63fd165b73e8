#[agentops::llm_call(provider = "opnai", model = "gpt-4o")]
fn complete() {}

fn main() {}
