#[agentops::llm_call(stream = prompt.is_empty())]
async fn complete(prompt: String) -> String {
    prompt
}

fn main() {}
