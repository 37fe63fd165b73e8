//! Streamed answers, as the client reads them.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use std::error::Error as _;

use agentops_examples::{Chunks, Error, Openai, Server, text};
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

fn request() -> Value {
    json!({
        "model": "gpt-4o",
        "messages": [{ "role": "user", "content": "What is a span?" }],
        "stream_options": { "include_usage": true },
    })
}

/// The chunks that a provider sends with this body, of which it announces `length` bytes.
async fn chunks_of(body: &'static str, length: usize) -> Chunks {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        // Read to its end, because closing an unread connection resets it.
        let mut request = Vec::new();
        while !request.ends_with(b"}") {
            assert_ne!(connection.read_buf(&mut request).await.unwrap(), 0);
        }
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
        connection.write_all(head.as_bytes()).await.unwrap();
        connection.write_all(body.as_bytes()).await.unwrap();
        connection.shutdown().await.unwrap();
    });
    let openai = Openai::new(&url, None).unwrap();
    openai.stream(&json!({})).await.unwrap()
}

#[tokio::test]
async fn chunks_make_up_the_answer() {
    let openai = Openai::local().await.unwrap();
    let whole = openai.chat("gpt-4o", "What is a span?").await.unwrap();
    let chunks: Vec<Value> = openai
        .stream(&request())
        .await
        .unwrap()
        .map(Result::unwrap)
        .collect()
        .await;
    let pieces: String = chunks
        .iter()
        .filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str())
        .collect();
    assert_eq!(pieces, text(&whole).unwrap());
    assert_eq!(chunks.last().unwrap()["usage"], whole["usage"]);
}

#[tokio::test]
async fn refused_stream_is_sent_again() {
    let server = Server::builder().refuse(1).start().await.unwrap();
    let openai = Openai::new(server.base_url(), Some("key".to_owned())).unwrap();
    let chunks = openai.stream(&request()).await.unwrap();
    assert!(chunks.all(|chunk| async move { chunk.is_ok() }).await);
}

#[tokio::test]
async fn refused_stream_is_an_error_at_once() {
    let openai = Openai::local().await.unwrap();
    let Err(error) = openai.stream(&json!({})).await else {
        panic!("the request should be refused");
    };
    assert!(matches!(error, Error::Refused { status: 400, .. }));
}

#[tokio::test]
async fn answer_that_breaks_off_ends_with_an_error() {
    let body = "data: {\"a\":1}\n\ndata: {\"a\":2";
    for length in [body.len(), 1000] {
        let mut chunks = chunks_of(body, length).await;
        assert_eq!(chunks.next().await.unwrap().unwrap(), json!({ "a": 1 }));
        let error = chunks.next().await.unwrap().unwrap_err();
        assert_eq!(error.to_string(), "the provider's answer was cut off");
        assert_eq!(error.source().is_some(), length > body.len());
        assert!(chunks.next().await.is_none());
    }
}

#[tokio::test]
async fn error_within_the_stream_has_the_words_of_the_provider() {
    let body = ": hello\n\ndata: {\"error\":{\"message\":\"Overloaded.\"}}\n\ndata: [DONE]\n\n";
    let mut chunks = chunks_of(body, body.len()).await;
    let error = chunks.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the provider broke its answer off: Overloaded."
    );
    assert!(chunks.next().await.is_none());
}

#[tokio::test]
async fn what_follows_the_end_is_left_alone() {
    let body = "data: {\"a\":1}\r\n\r\ndata: [DONE]\r\n\r\ndata: {\"a\":2}\r\n\r\n";
    let chunks: Vec<_> = chunks_of(body, body.len()).await.collect().await;
    assert_eq!(chunks.len(), 1);
}

#[tokio::test]
async fn chunk_that_is_not_json_is_an_error() {
    let body = "data: <html>\n\n";
    let mut chunks = chunks_of(body, body.len()).await;
    let error = chunks.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Malformed(_)));
    assert!(chunks.next().await.is_none());
}
