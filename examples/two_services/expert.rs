//! Service B: answers questions that come over HTTP, with the help of a model.

use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use std::sync::Arc;

use agentops_examples::{Error, Openai, text};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::Failure;

/// Continues the session of the service that asks.
#[agentops::session(extract = headers)]
async fn answer(
    State(openai): State<Arc<Openai>>,
    headers: HeaderMap,
    question: String,
) -> Result<String, (StatusCode, String)> {
    // Came with the request, in the `baggage` header.
    let tenant = agentops::baggage::get("tenant")
        .ok_or_else(|| (StatusCode::BAD_REQUEST, "whose question is it?".to_owned()))?;
    let model = model_of(&tenant);
    let answer = chat(&openai, model, &question)
        .await
        .and_then(|response| text(&response));
    answer.map_err(|error| (StatusCode::BAD_GATEWAY, error.to_string()))
}

#[agentops::tool(description = "Looks up the model that a tenant pays for.")]
fn model_of(tenant: &str) -> &'static str {
    match tenant {
        "acme" => "gpt-4o",
        _ => "gpt-4o-mini",
    }
}

#[agentops::llm_call(provider = "openai", model = model)]
async fn chat(openai: &Openai, model: &str, question: &str) -> Result<Value, Error> {
    openai.chat(model, question).await
}

/// Serves until the standard input ends.
pub(crate) async fn run() -> Result<(), Failure> {
    let guard = agentops::Config::from_env()?
        .service_name("expert")
        .console(true)
        .init()?;
    let openai = Arc::new(Openai::from_env_or_local().await?);
    let router = Router::new()
        .route("/answers", post(answer))
        .with_state(openai);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;

    let input = tokio::task::spawn_blocking(|| io::copy(&mut io::stdin(), &mut io::sink()));
    axum::serve(listener, router)
        .with_graceful_shutdown(async {
            // However reading ends, nobody asks any more.
            let _ = input.await;
        })
        .await?;
    writeln!(io::stdout(), "expert: {}", guard.shutdown())?;
    Ok(())
}
