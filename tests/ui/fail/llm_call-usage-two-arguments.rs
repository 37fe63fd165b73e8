#[agentops::llm_call(usage = |answer, more| (3, 4))]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
