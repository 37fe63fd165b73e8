#[agentops::llm_call(content = false, prompt = prompt)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
