#[agentops::llm_call(max_tokens = 99999999999999999999)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
