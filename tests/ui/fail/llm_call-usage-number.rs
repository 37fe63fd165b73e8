#[agentops::llm_call(usage = 5)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
