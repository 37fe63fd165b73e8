#[agentops::llm_call(temperature = "hot")]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
