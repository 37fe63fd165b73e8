#[agentops::llm_call(temprature = 0.3)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
