#[agentops::llm_call(provider = self.provider)]
#[async_trait]
impl Complete for Client {
    async fn complete(&self, prompt: &str) -> Result<String, Error> {
        self.send(prompt).await
    }
}
