#[agentops::llm_call(operation = execute_tool)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
