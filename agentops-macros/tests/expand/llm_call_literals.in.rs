#[agentops::llm_call(provider = "openai", model = "gpt-4o")]
fn complete(prompt: &str) -> Result<String, Error> {
    send(prompt)
}

#[agentops::llm_call("summarise", model = "gpt-4o-mini")]
fn named(prompt: &str) {
    send(prompt);
}
