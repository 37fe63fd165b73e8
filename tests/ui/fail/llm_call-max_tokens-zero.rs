#[agentops::llm_call(max_tokens = 0)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
