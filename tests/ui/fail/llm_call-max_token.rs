#[agentops::llm_call(max_token = 5)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
