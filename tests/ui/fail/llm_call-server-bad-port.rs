#[agentops::llm_call(server = "api.openai.com:http")]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
