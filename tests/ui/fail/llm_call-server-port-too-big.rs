#[agentops::llm_call(server = "api.openai.com:70000")]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
