#[agentops::llm_call(temperature = 3.5)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
