#[agentops::llm_call = "complete"]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
