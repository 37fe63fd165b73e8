#[agentops::llm_call(server = ":443")]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
