#[agentops::llm_call(usage = |answer| answer.len())]
async fn complete(prompt: String) -> String {
    prompt
}

fn main() {}
