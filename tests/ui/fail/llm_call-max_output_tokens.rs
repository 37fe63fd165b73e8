#[agentops::llm_call(max_output_tokens = 5)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
