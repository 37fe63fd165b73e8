#[agentops::llm_call(vendor = "openai")]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
