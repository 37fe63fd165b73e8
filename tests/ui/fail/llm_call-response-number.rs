#[agentops::llm_call(response = 3)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
