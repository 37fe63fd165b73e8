#[agentops::llm_call(response = prompt)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
