#[agentops::llm_call(completion = |answer: &u8| answer.count_ones())]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
