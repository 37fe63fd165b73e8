#[agentops::llm_call(provider = "bedrock")]
fn complete() {}

fn main() {}
