#[agentops::llm_call(top_p = true)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
