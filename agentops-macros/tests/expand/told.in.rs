#[agentops::task(
    ret(|found| found.len(), fields(hits = |found| found.len())),
    err(|error| error.code(), type = |_| "Search"),
    err_if = |found| found.is_empty(),
)]
fn search(query: &str) -> Result<Vec<Hit>, Error> {
    find(query)
}

#[agentops::llm_call(usage = |answer| answer.usage, completion = |answer| &answer.text)]
async fn ask(prompt: String) -> Answer {
    send(prompt).await
}
