#[agentops::llm_call(server = prompt)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
