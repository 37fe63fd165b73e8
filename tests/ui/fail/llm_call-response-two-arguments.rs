#[agentops::llm_call(response = |answer, more| answer.clone())]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
