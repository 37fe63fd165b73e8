#[agentops::llm_call(prompt = promt)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
