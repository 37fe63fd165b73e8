#[agentops::llm_call(usage = tokens)]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn tokens(answer: &String) -> String {
    answer.clone()
}

fn main() {}
