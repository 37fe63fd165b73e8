#[agentops::llm_call(operation = chatt)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
