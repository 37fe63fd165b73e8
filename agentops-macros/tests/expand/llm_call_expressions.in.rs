#[agentops::llm_call(
    provider = self.provider(),
    model = request.model.as_deref(),
    temperature = request.temperature,
    fields(retries = self.retries),
)]
async fn complete(&self, request: Request) -> Result<Response, Error> {
    let response = self.send(request).await?;
    Ok(response)
}
