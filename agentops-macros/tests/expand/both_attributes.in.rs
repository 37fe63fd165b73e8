#[agentops::session(id = id)]
#[inline]
#[agentops::llm_call(model = "gpt-4o")]
/// Asks the model.
async fn ask(id: u32) -> Result<String, Error> {
    client(id).await
}
