#[agentops::llm_call(operation = invoke_agent)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
