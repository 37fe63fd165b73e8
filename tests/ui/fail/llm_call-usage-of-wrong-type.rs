#[agentops::llm_call(usage = |answer| answer.len())]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
