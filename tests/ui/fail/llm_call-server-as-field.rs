#[agentops::llm_call(fields(server.address = "api.openai.com"))]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
