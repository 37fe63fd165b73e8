#[agentops::llm_call(prompt = prompt, content = false)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
