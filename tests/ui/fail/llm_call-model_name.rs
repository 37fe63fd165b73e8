#[agentops::llm_call(model_name = "gpt-4o")]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
