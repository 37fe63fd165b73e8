#[agentops::llm_call(completion = "text")]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
