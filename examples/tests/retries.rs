//! What the client does about a rate limit.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use agentops::testing::capture_async;
use agentops_examples::{Error, Openai, Server, text};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::{Json, Router, routing::post};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A provider that refuses the first `refusals` requests and tells when to come back.
async fn provider(refusals: usize, retry_after: &'static str) -> (Openai, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let answer = move || async move {
        if counter.fetch_add(1, Ordering::Relaxed) < refusals {
            let body = json!({ "error": { "message": "Slow down." } });
            let headers = [("retry-after", retry_after)];
            return (StatusCode::TOO_MANY_REQUESTS, headers, Json(body)).into_response();
        }
        Json(json!({ "choices": [{ "message": { "content": "Hi." } }] })).into_response()
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route("/chat/completions", post(answer));
    tokio::spawn(axum::serve(listener, router).into_future());
    (Openai::new(&url, None).unwrap(), asked)
}

#[agentops::llm_call(model = model)]
async fn chat(openai: &Openai, model: &str) -> Result<Value, Error> {
    openai.chat(model, "Hi").await
}

#[tokio::test]
async fn refused_request_is_sent_again_and_the_span_says_so() {
    let (openai, asked) = provider(2, "0").await;
    let mut answer = String::new();
    let captured = capture_async(async {
        answer = text(&chat(&openai, "first").await.unwrap()).unwrap();
        chat(&openai, "second").await.unwrap();
    })
    .await;
    assert_eq!(answer, "Hi.");
    assert_eq!(asked.load(Ordering::Relaxed), 4);
    let resent = |name| captured.span(name).int("http.request.resend_count");
    assert_eq!(resent("chat first"), Some(2));
    assert_eq!(resent("chat second"), None);
}

#[tokio::test]
async fn client_waits_as_long_as_it_is_told() {
    let server = Server::builder().refuse(1).start().await.unwrap();
    let openai = Openai::new(server.base_url(), Some("key".to_owned())).unwrap();
    let start = Instant::now();
    openai.chat("gpt-4o", "Hi").await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn refusal_is_an_error_when_retries_are_used_up() {
    for (max_retries, attempts) in [(2, 3), (0, 1)] {
        let (mut openai, asked) = provider(usize::MAX, "0").await;
        openai.max_retries = max_retries;
        let error = openai.chat("gpt-4o", "Hi").await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the provider's rate limit is reached: Slow down."
        );
        let Error::RateLimited { retry_after, .. } = error else {
            panic!("{error:?}");
        };
        assert_eq!(retry_after, Some(Duration::ZERO));
        assert_eq!(asked.load(Ordering::Relaxed), attempts);
    }
}

#[tokio::test]
async fn client_does_not_wait_for_hours() {
    let (openai, asked) = provider(1, "7200").await;
    let error = openai.chat("gpt-4o", "Hi").await.unwrap_err();
    assert!(matches!(
        error,
        Error::RateLimited { retry_after: Some(wait), .. } if wait.as_secs() == 7200
    ));
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}
