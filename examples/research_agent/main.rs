//! An agent that searches, reads and calculates: `cargo run --example research_agent`.

#![allow(clippy::print_stdout, reason = "an example shows its answer")]

mod tools;

use std::io::Write as _;

use agentops_examples::{Chunks, Error, Openai, Server, text};
use futures_util::StreamExt as _;
use serde_json::{Value, json};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const QUESTION: &str =
    "How many days does the cycle path around Lake Constance take at 65 kilometres a day?";

#[agentops::session(user = user, tags("research"))]
async fn research(openai: &Openai, user: &str, question: &str) -> Result<(), Failure> {
    let notes = gather(openai, question).await?;
    let mut chunks = write_answer(openai, &notes).await?;
    let mut answer = String::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk?;
        let piece = chunk["choices"][0]["delta"]["content"].as_str();
        print!("{}", piece.unwrap_or_default());
        std::io::stdout().flush()?;
        answer += piece.unwrap_or_default();
    }
    println!();
    cites_a_page(&answer)
}

#[agentops::agent(name = "researcher")]
async fn gather(openai: &Openai, question: &str) -> Result<String, Failure> {
    let rule = "Name the page that you have an answer from in brackets, such as [lake].";
    let mut messages = vec![
        json!({ "role": "system", "content": rule }),
        json!({ "role": "user", "content": question }),
    ];
    for _ in 0..8 {
        let response = think(openai, &messages).await?;
        let message = &response["choices"][0]["message"];
        // Some providers say that there is none with an empty list.
        let calls = message["tool_calls"].as_array();
        let Some(calls) = calls.filter(|calls| !calls.is_empty()) else {
            return Ok(text(&response)?);
        };
        messages.push(message.clone());
        // What the model asks for at once runs at once. What fails it is told, and it may try again.
        let run = |call: &Value| agentops::spawn(tools::run(call.clone()));
        let running: Vec<_> = calls.iter().map(run).collect();
        for (call, result) in calls.iter().zip(running) {
            let content = match result.await? {
                Ok(result) => result,
                Err(failure) => format!("error: {failure}"),
            };
            messages
                .push(json!({ "role": "tool", "tool_call_id": call["id"], "content": content }));
        }
    }
    Err("no answer after eight steps".into())
}

#[agentops::llm_call(provider = "openai", model = "gpt-4o-mini")]
async fn think(openai: &Openai, messages: &[Value]) -> Result<Value, Error> {
    let request = json!({
        "model": "gpt-4o-mini",
        "messages": messages,
        "tools": tools::described(),
    });
    openai.complete(&request).await
}

#[agentops::llm_call(provider = "openai", model = "gpt-4o")]
async fn write_answer(openai: &Openai, notes: &str) -> Result<Chunks, Error> {
    let prompt = format!("Summarize in two sentences and keep the page in brackets: {notes}");
    let request = json!({
        "model": "gpt-4o",
        "messages": [{ "role": "user", "content": prompt }],
        "stream_options": { "include_usage": true },
    });
    openai.stream(&request).await
}

#[agentops::guardrail]
fn cites_a_page(answer: &str) -> Result<(), Failure> {
    match tools::pages().any(|page| answer.contains(&format!("[{page}]"))) {
        true => Ok(()),
        false => Err("the answer names no page".into()),
    }
}

// One thread, so that calls made at once begin in the same order each time.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let guard = agentops::Config::from_env()?
        .service_name("research_agent")
        .console(true)
        .init()?;
    // The local server refuses the second request once, as a busy provider does.
    let openai = Openai::from_env_or(Server::builder().refuse(2)).await?;

    research(&openai, "ada", QUESTION).await?;

    println!("{}", guard.shutdown());
    Ok(())
}
