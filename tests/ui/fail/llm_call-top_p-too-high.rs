#[agentops::llm_call(top_p = 1.5)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
