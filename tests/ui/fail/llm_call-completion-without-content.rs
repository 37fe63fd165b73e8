#[agentops::llm_call(content = false, completion = |answer| answer.len())]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
