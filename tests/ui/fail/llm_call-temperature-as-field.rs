#[agentops::llm_call(fields(gen_ai.request.temperature = 0.3))]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
