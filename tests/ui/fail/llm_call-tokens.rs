#[agentops::llm_call(tokens = |answer| (3, 4))]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
