#[agentops::llm_call(stream)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
