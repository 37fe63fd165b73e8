#[agentops::llm_call(server = "")]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
