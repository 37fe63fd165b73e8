#[agentops::llm_call(fields(gen_ai.input.messages = prompt))]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
