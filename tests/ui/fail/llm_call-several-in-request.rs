#[agentops::llm_call(
    operation = invoke_agent,
    temperature = 3.5,
    top_p = "high",
    max_tokens = 0,
    stream = "yes",
    server = "https://api.openai.com/v1",
    usage = 5,
    content = false,
    prompt = prompt,
    completion = |answer, more| answer,
)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
