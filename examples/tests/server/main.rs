//! The local server, over HTTP.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

mod limits;
mod streams;
mod tools;

use std::time::Instant;

use agentops_examples::{Error, Openai, Server, http_client, pace, text, tokens};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

#[tokio::test]
async fn completion_has_the_shape_of_openai() {
    let openai = Openai::local().await.unwrap();
    let response = openai.chat("gpt-4o-mini", "What is a span?").await.unwrap();

    assert!(response["id"].as_str().unwrap().starts_with("chatcmpl-"));
    assert_eq!(response["object"], "chat.completion");
    assert_eq!(response["model"], "gpt-4o-mini-2024-07-18");
    assert!(response["created"].as_u64().unwrap() > 1_700_000_000);
    let choice = &response["choices"][0];
    assert_eq!(choice["message"]["role"], "assistant");
    assert_eq!(choice["finish_reason"], "stop");
    assert!(
        text(&response)
            .unwrap()
            .starts_with("A span is one piece of work")
    );
}

#[tokio::test]
async fn usage_is_counted_from_the_text() {
    let openai = Openai::local().await.unwrap();
    let response = openai.chat("gpt-4o", "What is a span?").await.unwrap();

    let output_tokens = tokens::count(&text(&response).unwrap());
    let usage = &response["usage"];
    // Five of the text, four of the message, three of the answer's opening.
    assert_eq!(usage["prompt_tokens"], 12);
    assert_eq!(usage["completion_tokens"], output_tokens);
    assert_eq!(usage["total_tokens"], 12 + output_tokens);
    assert_eq!(usage["prompt_tokens_details"]["cached_tokens"], 0);
}

#[tokio::test]
async fn equal_conversations_get_equal_answers_under_different_ids() {
    let openai = Openai::local().await.unwrap();
    let mut first = openai.chat("gpt-4o", "Why async?").await.unwrap();
    let mut second = openai.chat("gpt-4o", "Why async?").await.unwrap();

    assert_ne!(first["id"].take(), second["id"].take());
    first["created"].take();
    second["created"].take();
    assert_eq!(first, second);
}

#[tokio::test]
async fn answer_takes_its_time() {
    let openai = Openai::local().await.unwrap();
    let start = Instant::now();
    let response = openai.chat("gpt-4o", "Why Rust?").await.unwrap();

    let output_tokens = tokens::count(&text(&response).unwrap());
    assert!(start.elapsed() >= pace::delay(output_tokens));
}

#[tokio::test]
async fn max_tokens_cuts_the_answer() {
    let openai = Openai::local().await.unwrap();
    for key in ["max_tokens", "max_completion_tokens"] {
        let mut request = request("What is OpenTelemetry?");
        request[key] = 3.into();
        let response = openai.complete(&request).await.unwrap();

        assert_eq!(response["usage"]["completion_tokens"], 3, "{key}");
        assert_eq!(response["choices"][0]["finish_reason"], "length", "{key}");
    }
}

#[tokio::test]
async fn summary_is_the_first_sentence() {
    let openai = Openai::local().await.unwrap();
    let prompt = "Summarize in one sentence: It is 1.5 m tall. It is blue. It is here.";
    let response = openai.chat("gpt-4o", prompt).await.unwrap();
    assert_eq!(text(&response).unwrap(), "It is 1.5 m tall.");
}

#[tokio::test]
async fn summary_without_a_text_is_of_the_last_answer() {
    let openai = Openai::local().await.unwrap();
    let request = json!({
        "model": "gpt-4o",
        "messages": [
            { "role": "system", "content": "Be brief." },
            { "role": "assistant", "content": "One. Two! Three." },
            { "role": "user", "content": [{ "type": "text", "text": "Shorten that" }] },
        ],
    });
    let response = openai.complete(&request).await.unwrap();
    assert_eq!(text(&response).unwrap(), "One. Two!");
}

#[tokio::test]
async fn statement_is_said_again_and_strange_question_is_not_answered() {
    let openai = Openai::local().await.unwrap();
    let statement = openai.chat("gpt-4o", "It rains.").await.unwrap();
    assert_eq!(text(&statement).unwrap(), "You said: It rains.");
    let question = openai.chat("gpt-4o", "Who won?").await.unwrap();
    assert!(text(&question).unwrap().starts_with("I do not know."));
}

#[tokio::test]
async fn request_without_key_is_answered_with_401() {
    let server = Server::start().await.unwrap();
    let url = format!("{}/models", server.base_url());
    for authorization in [None, Some("Bearer "), Some("Basic a2V5")] {
        let mut get = http_client().unwrap().get(&url);
        if let Some(value) = authorization {
            get = get.header("authorization", value);
        }
        let (status, error) = refusal(get).await;
        assert_eq!(status, 401, "{authorization:?}");
        assert!(error["message"].as_str().unwrap().contains("API key"));
    }
}

#[tokio::test]
async fn bad_body_is_answered_with_400_and_the_parameter() {
    let server = Server::start().await.unwrap();
    let message = json!([{ "role": "user", "content": "Hi" }]);
    let cases = [
        (json!([]), Value::Null, Value::Null),
        (
            json!({ "messages": message }),
            "model".into(),
            "missing_required_parameter".into(),
        ),
        (
            json!({ "model": "gpt-4o" }),
            "messages".into(),
            "missing_required_parameter".into(),
        ),
        (
            json!({ "model": "gpt-4o", "messages": [] }),
            "messages".into(),
            "invalid_value".into(),
        ),
        (
            json!({ "model": "gpt-4o", "messages": [{ "role": "robot", "content": "Hi" }] }),
            "messages[0]".into(),
            "invalid_value".into(),
        ),
        (
            json!({ "model": "gpt-4o", "messages": [{ "role": "user", "content": 7 }] }),
            "messages[0]".into(),
            "invalid_value".into(),
        ),
        (
            json!({ "model": "gpt-4o", "messages": message, "max_tokens": 0 }),
            "max_tokens".into(),
            "invalid_value".into(),
        ),
        (
            json!({ "model": "gpt-4o", "messages": message, "n": 2 }),
            "n".into(),
            "unsupported_value".into(),
        ),
    ];
    for (body, param, code) in cases {
        let (status, error) = refusal(post(&server).json(&body)).await;
        assert_eq!(status, 400, "{body}");
        assert_eq!(error["type"], "invalid_request_error", "{body}");
        assert_eq!(error["param"], param, "{body}");
        assert_eq!(error["code"], code, "{body}");
    }
}

#[tokio::test]
async fn body_that_is_not_json_is_answered_with_400() {
    let server = Server::start().await.unwrap();
    let (status, error) = refusal(post(&server).body("{")).await;
    assert_eq!(status, 400);
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("could not parse the JSON body")
    );
}

#[tokio::test]
async fn unknown_model_is_an_error_with_the_words_of_the_provider() {
    let openai = Openai::local().await.unwrap();
    let error = openai.chat("gpt-1", "Hi").await.unwrap_err();

    assert!(matches!(error, Error::Refused { status: 404, .. }));
    assert_eq!(
        error.to_string(),
        "the provider answered 404: The model `gpt-1` does not exist or you do not have access to it."
    );
}

#[tokio::test]
async fn unknown_url_is_answered_with_404() {
    let server = Server::start().await.unwrap();
    let url = format!("{}/embeddings", server.base_url());
    let (status, error) = refusal(http_client().unwrap().post(url)).await;
    assert_eq!(status, 404);
    assert_eq!(error["message"], "Invalid URL (POST /v1/embeddings)");
}

#[tokio::test]
async fn models_are_listed() {
    let server = Server::start().await.unwrap();
    let url = format!("{}/models", server.base_url());
    let response = http_client()
        .unwrap()
        .get(url)
        .bearer_auth("key")
        .send()
        .await
        .unwrap();
    let list: Value = response.json().await.unwrap();
    assert_eq!(list["object"], "list");
    assert_eq!(list["data"][0]["id"], "gpt-4o-mini");
}

#[tokio::test]
async fn server_stops_when_dropped() {
    let openai = Openai::local().await.unwrap();
    let other = Openai::new(&openai.base_url, Some("key".to_owned())).unwrap();
    other.chat("gpt-4o", "Hi").await.unwrap();
    drop(openai);

    // The serving task ends when it is next polled: ask until it has.
    while other.chat("gpt-4o", "Hi").await.is_ok() {}
    let error = other.chat("gpt-4o", "Hi").await.unwrap_err();
    assert!(matches!(error, Error::Http(_)));
}

#[tokio::test]
async fn key_is_not_in_debug() {
    let openai = Openai::new("https://example.com/v1/", Some("sk-secret".to_owned())).unwrap();
    assert_eq!(openai.base_url, "https://example.com/v1");
    assert!(!format!("{openai:?}").contains("secret"));
}

fn request(prompt: &str) -> Value {
    json!({ "model": "gpt-4o-mini", "messages": [{ "role": "user", "content": prompt }] })
}

fn post(server: &Server) -> RequestBuilder {
    let url = format!("{}/chat/completions", server.base_url());
    http_client().unwrap().post(url).bearer_auth("key")
}

/// Sends the request and returns the status and the error object of the answer.
async fn refusal(request: RequestBuilder) -> (u16, Value) {
    let response: Response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    (status, body["error"].clone())
}
