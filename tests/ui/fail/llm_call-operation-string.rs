#[agentops::llm_call(operation = "chat")]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
