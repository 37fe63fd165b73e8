#[agentops::llm_call(completion = |answer, more| answer.len())]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
