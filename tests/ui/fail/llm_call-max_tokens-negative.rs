#[agentops::llm_call(max_tokens = -5)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
