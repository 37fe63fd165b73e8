#[agentops::llm_call(
    provider = self.provider(),
    model = request.model.as_deref(),
    fields(gen_ai.request.temperature = request.temperature),
)]
async fn complete(&self, request: Request) -> Result<Response, Error> {
    let response = self.send(request).await?;
    Ok(response)
}
