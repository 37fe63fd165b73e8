//! A question, two model calls, one session: `cargo run --example quickstart`.

use agentops_examples::{Error, Openai, text};

#[agentops::session]
async fn answer(openai: &Openai, question: &str) -> Result<String, Error> {
    let draft = chat(openai, "gpt-4o-mini", question).await?;
    let prompt = format!("Summarize in one sentence: {draft}");
    chat(openai, "gpt-4o", &prompt).await
}

#[agentops::llm_call(provider = "openai", model = model)]
async fn chat(openai: &Openai, model: &str, prompt: &str) -> Result<String, Error> {
    let response = openai.chat(model, prompt).await?;
    agentops::record_response(&response);
    text(&response)
}

#[tokio::main]
#[allow(clippy::print_stdout, reason = "an example shows its answer")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let guard = agentops::Config::from_env()?
        .service_name("quickstart")
        .console(true)
        .init()?;
    let openai = Openai::from_env_or_local().await?;

    println!("{}", answer(&openai, "What is OpenTelemetry?").await?);

    println!("{}", guard.shutdown());
    Ok(())
}
