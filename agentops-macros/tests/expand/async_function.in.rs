/// Answers one question.
#[agentops::session]
#[must_use]
pub async fn answer(question: &str, mut retries: u32) -> Result<String, Error> {
    retries += 1;
    ask(question, retries).await
}

#[agentops::session]
async fn unit() {}
