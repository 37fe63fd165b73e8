#[agentops::llm_call(server = "https://api.openai.com/v1")]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
