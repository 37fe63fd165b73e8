#[agentops::llm_call(usage = |answer| (answer.input, answer.output))]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
