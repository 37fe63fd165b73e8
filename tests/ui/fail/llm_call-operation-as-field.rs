#[agentops::llm_call(fields(gen_ai.operation.name = "chat"))]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
