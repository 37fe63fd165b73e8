//! Answers that the local server streams.

use std::time::Instant;

use agentops_examples::{Openai, Server, pace, text, tokens};
use serde_json::{Value, json};

use super::{post, refusal, request};

/// The chunks of an answer, read from the text of its events.
async fn chunks(server: &Server, request: &Value) -> Vec<Value> {
    let response = post(server).json(request).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let events = response.text().await.unwrap();
    let events = events.strip_suffix("data: [DONE]\n\n").unwrap();
    let parse = |event: &str| serde_json::from_str(event.strip_prefix("data: ").unwrap()).unwrap();
    events.split_terminator("\n\n").map(parse).collect()
}

fn streamed(prompt: &str) -> Value {
    let mut request = request(prompt);
    request["stream"] = true.into();
    request
}

#[tokio::test]
async fn chunks_have_the_shape_of_openai() {
    let server = Server::start().await.unwrap();
    let chunks = chunks(&server, &streamed("What is a span?")).await;

    for chunk in &chunks {
        assert_eq!(chunk["object"], "chat.completion.chunk");
        assert_eq!(chunk["model"], "gpt-4o-mini-2024-07-18");
        assert_eq!(chunk["id"], chunks[0]["id"]);
        assert_eq!(chunk["created"], chunks[0]["created"]);
        assert!(chunk.get("usage").is_none());
    }
    let choice = |chunk: &Value| chunk["choices"][0].clone();
    let (first, last) = (choice(&chunks[0]), choice(chunks.last().unwrap()));
    assert_eq!(
        first["delta"],
        json!({ "role": "assistant", "content": "", "refusal": null })
    );
    assert_eq!(last["delta"], json!({}));
    assert_eq!(last["finish_reason"], "stop");
    for chunk in &chunks[1..chunks.len() - 1] {
        assert_eq!(choice(chunk)["finish_reason"], Value::Null);
        let piece = choice(chunk)["delta"]["content"].clone();
        assert_eq!(tokens::count(piece.as_str().unwrap()), 1);
    }
}

#[tokio::test]
async fn pieces_and_usage_are_those_of_the_whole_answer() {
    let server = Server::start().await.unwrap();
    let mut request = streamed("What is OpenTelemetry?");
    request["stream_options"] = json!({ "include_usage": true });
    let mut chunks = chunks(&server, &request).await;

    let openai = Openai::new(server.base_url(), Some("key".to_owned())).unwrap();
    let whole = openai.chat("gpt-4o-mini", "What is OpenTelemetry?").await;
    let whole = whole.unwrap();
    let last = chunks.pop().unwrap();
    assert_eq!(last["choices"], json!([]));
    assert_eq!(last["usage"], whole["usage"]);
    assert!(chunks.iter().all(|chunk| chunk["usage"] == Value::Null));
    let pieces = chunks
        .iter()
        .filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str());
    assert_eq!(pieces.collect::<String>(), text(&whole).unwrap());
}

#[tokio::test]
async fn streamed_answer_comes_in_pieces_and_takes_its_time() {
    let server = Server::start().await.unwrap();
    let start = Instant::now();
    let request = streamed("What is OpenTelemetry?");
    let mut response = post(&server).json(&request).send().await.unwrap();
    let first = response.chunk().await.unwrap().unwrap();
    let first = String::from_utf8(first.to_vec()).unwrap();
    assert!(start.elapsed() >= pace::FIRST_TOKEN_DELAY);
    assert!(!first.contains("[DONE]"), "{first}");

    let mut pieces = first.matches("\"content\"").count();
    while let Some(chunk) = response.chunk().await.unwrap() {
        let chunk = String::from_utf8(chunk.to_vec()).unwrap();
        pieces += chunk.matches("\"content\"").count();
    }
    // The first has no text.
    assert!(start.elapsed() >= pace::delay(pieces - 1));
}

#[tokio::test]
async fn limit_ends_the_stream() {
    let server = Server::start().await.unwrap();
    let mut request = streamed("What is a span?");
    request["max_tokens"] = 2.into();
    let chunks = chunks(&server, &request).await;
    assert_eq!(chunks.len(), 4);
    assert_eq!(chunks[3]["choices"][0]["finish_reason"], "length");
}

#[tokio::test]
async fn streamed_calls_are_those_of_the_whole_answer() {
    let server = Server::start().await.unwrap();
    let mut request = streamed("Who won the race?");
    request["tools"] = json!([{ "type": "function", "function": {
        "name": "search",
        "parameters": { "type": "object", "properties": { "query": { "type": "string" } } },
    } }]);
    let chunks = chunks(&server, &request).await;
    let deltas: Vec<&Value> = chunks
        .iter()
        .map(|chunk| &chunk["choices"][0]["delta"])
        .collect();
    assert_eq!(deltas[0]["content"], Value::Null);
    let call = &deltas[1]["tool_calls"][0];
    assert_eq!(call["index"], 0);
    assert_eq!(call["type"], "function");
    assert!(call["id"].as_str().unwrap().starts_with("call_"));
    assert_eq!(
        call["function"],
        json!({ "name": "search", "arguments": "" })
    );
    let pieces = deltas[2..]
        .iter()
        .filter_map(|delta| delta["tool_calls"][0]["function"]["arguments"].as_str());
    assert_eq!(pieces.collect::<String>(), r#"{"query":"race"}"#);
    let last = chunks.last().unwrap();
    assert_eq!(last["choices"][0]["finish_reason"], "tool_calls");
}

#[tokio::test]
async fn stream_options_without_stream_are_refused() {
    let server = Server::start().await.unwrap();
    let mut body = request("Hi");
    body["stream_options"] = json!({ "include_usage": true });
    let (status, error) = refusal(post(&server).json(&body)).await;
    assert_eq!(status, 400);
    assert_eq!(error["param"], "stream_options");
}
