#[agentops::llm_call(stream = "yes")]
async fn complete(prompt: String) -> String {
    prompt
}

fn main() {}
