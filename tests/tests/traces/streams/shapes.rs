//! Streams of every type, from sync and async functions.

use std::pin::Pin;
use std::rc::Rc;

use agentops_tests::program::uninitialized;
use agentops_tests::{Span, Telemetry};
use futures_core::Stream;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use serde_json::Value;

use super::{Boxed, Chunks, answer, assert_open_at, drain, mark, next, take};
use crate::{block_on, record_async};

type Local<T> = Pin<Box<dyn Stream<Item = T>>>;
type Answer = Result<Boxed<Value>, String>;

#[agentops::llm_call(model = "gpt-4o")]
fn opaque() -> impl Stream<Item = Value> + Send + Unpin {
    Chunks::new(answer())
}

#[agentops::llm_call(model = "gpt-4o")]
async fn opaque_async() -> impl Stream<Item = Value> {
    tokio::task::yield_now().await;
    Chunks::new(answer())
}

#[agentops::llm_call(model = "gpt-4o")]
fn boxed() -> Boxed<Value> {
    Box::pin(Chunks::new(answer()))
}

#[agentops::llm_call(model = "gpt-4o")]
async fn boxed_async() -> Boxed<Value> {
    tokio::task::yield_now().await;
    Box::pin(Chunks::new(answer()))
}

#[agentops::llm_call(model = "gpt-4o")]
fn shared() -> Pin<Box<dyn Stream<Item = Value> + Send + Sync>> {
    Box::pin(Chunks::new(answer()))
}

#[agentops::llm_call(model = "gpt-4o")]
fn local() -> Local<(Rc<()>, Value)> {
    let shared = Rc::new(());
    Box::pin(Chunks::new(
        answer().map(|chunk| (Rc::clone(&shared), chunk)),
    ))
}

#[agentops::llm_call(model = "gpt-4o")]
async fn local_async() -> Local<Value> {
    tokio::task::yield_now().await;
    Box::pin(Chunks::new(answer()))
}

#[agentops::llm_call(model = "gpt-4o")]
fn aliased() -> Answer {
    Ok(Box::pin(Chunks::new(answer())))
}

#[agentops::llm_call(model = "gpt-4o")]
async fn aliased_async() -> Answer {
    tokio::task::yield_now().await;
    Ok(Box::pin(Chunks::new(answer())))
}

#[agentops::llm_call(model = "gpt-4o")]
fn fallible() -> Result<impl Stream<Item = Value>, String> {
    Ok(Chunks::new(answer()))
}

#[agentops::llm_call(model = "gpt-4o")]
async fn fallible_async() -> Result<impl Stream<Item = Result<Value, String>>, String> {
    tokio::task::yield_now().await;
    Ok(Chunks::new(answer().map(Ok)))
}

#[agentops::llm_call(model = "gpt-4o")]
fn borrowed<'a>(chunks: &'a [Value]) -> Pin<Box<dyn Stream<Item = &'a Value> + 'a>> {
    Box::pin(Chunks::new(chunks))
}

/// Reads a stream to its end: the only span is open until then and knows what was said.
macro_rules! assert_streams {
    ($stream:expr) => {{
        let received = record_async(async {
            let mut stream = $stream;
            assert_eq!(take(&mut stream, 4).await.len(), 4);
            mark();
            assert!(next(&mut stream).await.is_none());
        });
        let span: &Span = received.spans.named("chat gpt-4o");
        assert_open_at(span, received.spans.named("mark"));
        assert_eq!(span.status(), StatusCode::Ok, "{}", stringify!($stream));
        assert_eq!(span.bool("gen_ai.request.stream"), Some(true));
        span.f64("gen_ai.response.time_to_first_chunk")
            .expect("the first chunk is timed")
    }};
}

#[test]
fn opaque_streams_keep_their_span_open() {
    assert_streams!(opaque());
    assert_streams!(Box::pin(opaque_async().await));
    assert_streams!(fallible().unwrap());
    assert_streams!(Box::pin(fallible_async().await.unwrap()));
}

#[test]
fn boxed_streams_keep_their_span_open() {
    assert_streams!(boxed());
    assert_streams!(boxed_async().await);
    assert_streams!(shared());
    assert_streams!(aliased().unwrap());
    assert_streams!(aliased_async().await.unwrap());
}

#[test]
fn streams_of_one_thread_keep_their_span_open() {
    assert_streams!(local());
    assert_streams!(local_async().await);
    let chunks = answer();
    assert_streams!(borrowed(&chunks));
}

#[test]
fn chunks_pass_in_their_order_and_whole() {
    let received = record_async(async {
        assert_eq!(drain(&mut opaque()).await, answer());
        assert_eq!(drain(&mut aliased_async().await.unwrap()).await, answer());
        let chunks = answer();
        let passed = drain(&mut borrowed(&chunks)).await;
        assert!(passed.iter().zip(&chunks).all(|(a, b)| std::ptr::eq(*a, b)));
    });
    assert_eq!(received.spans.len(), 3);
}

#[test]
fn stream_tells_how_many_items_are_left_as_without_a_span() {
    let hints = |mut stream: Boxed<Value>| {
        let mut hints = vec![stream.size_hint()];
        while block_on(next(&mut stream)).is_some() {
            hints.push(stream.size_hint());
        }
        hints
    };
    let plain = hints(Box::pin(Chunks::new(answer())));
    let received = Telemetry::record(|| {
        assert_eq!(hints(boxed()), plain);
        assert_eq!(hints(Box::pin(opaque())), plain);
    });
    assert_eq!(received.spans.len(), 2);
}

#[test]
fn streams_work_without_init() {
    uninitialized(|| {
        block_on(async {
            assert_eq!(drain(&mut opaque()).await, answer());
            assert_eq!(drain(&mut boxed_async().await).await, answer());
            assert_eq!(drain(&mut aliased().unwrap()).await, answer());
            assert_eq!(drain(&mut fallible().unwrap()).await, answer());
            take(&mut opaque(), 2).await;
        });
    });
}

#[test]
fn stream_that_began_without_init_makes_no_span_later() {
    let mut stream = uninitialized(boxed);
    let received = record_async(async { drain(&mut stream).await });
    assert!(received.spans.is_empty());
}
