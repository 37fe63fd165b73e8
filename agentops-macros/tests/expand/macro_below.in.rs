#[agentops::session]
#[tokio::test]
async fn with_runtime() -> Result<(), Error> {
    run().await
}

#[agentops::session]
#[tracing::instrument(skip(secret))]
fn with_names(secret: &str, r#type: u32) -> u32 {
    r#type
}

#[agentops::session]
#[agentops::llm_call(model = "gpt-4o")]
async fn both(prompt: String) -> String {
    prompt
}
