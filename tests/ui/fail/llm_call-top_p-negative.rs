#[agentops::llm_call(top_p = -0.1)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
