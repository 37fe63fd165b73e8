#[agentops::llm_call(streaming)]
async fn complete(prompt: String) -> String {
    prompt
}

fn main() {}
