#[agentops::llm_call(prompt)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
