#[agentops::session(fields(answer.tokens, "cache hit", model = model))]
fn run(model: &str) -> usize {
    agentops::record("answer.tokens", 3);
    model.len()
}
