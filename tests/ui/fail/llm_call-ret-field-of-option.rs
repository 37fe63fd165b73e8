#[agentops::llm_call(ret(fields(gen_ai.request.model = |_| "gpt-4o")))]
fn complete(prompt: &str) -> String {
    prompt.to_owned()
}

fn main() {}
