#[agentops::llm_call(operation = frobnicate)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
