//! Spans of functions that return a stream: open until it ends.

mod answers;
mod endings;
mod shapes;
mod surroundings;

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use agentops_tests::Span;
use futures_core::Stream;
use serde_json::{Value, json};

type Boxed<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

/// Yields what it is given, and has nothing ready yet before each item.
struct Chunks<T> {
    left: VecDeque<T>,
    is_ready: bool,
    /// Runs before the end is told.
    on_empty: fn(),
}

impl<T> Chunks<T> {
    fn new(items: impl IntoIterator<Item = T>) -> Self {
        Self {
            left: items.into_iter().collect(),
            is_ready: false,
            on_empty: || {},
        }
    }
}

impl<T> Unpin for Chunks<T> {}

impl<T> Stream for Chunks<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.is_ready = !self.is_ready;
        if self.is_ready {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.left.is_empty() {
            (self.on_empty)();
        }
        Poll::Ready(self.left.pop_front())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left.len(), Some(self.left.len()))
    }
}

/// An answer as OpenAI streams it: two words, why it ends, and what it took.
fn answer() -> [Value; 4] {
    let chunk = |content: &str, finish_reason: Option<&str>| {
        json!({
            "id": "chatcmpl-1",
            "model": "gpt-4o-2024-08-06",
            "choices": [{"delta": {"content": content}, "finish_reason": finish_reason}],
            "usage": null,
        })
    };
    [
        chunk("forty", None),
        chunk("-two", None),
        chunk("", Some("stop")),
        json!({"choices": [], "usage": {"prompt_tokens": 17, "completion_tokens": 5}}),
    ]
}

async fn next<S: Stream + Unpin + ?Sized>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
}

/// Takes so many items.
async fn take<S: Stream + Unpin + ?Sized>(stream: &mut S, count: usize) -> Vec<S::Item> {
    let mut items = Vec::new();
    for _ in 0..count {
        items.extend(next(stream).await);
    }
    items
}

/// All that is left.
async fn drain<S: Stream + Unpin + ?Sized>(stream: &mut S) -> Vec<S::Item> {
    let mut items = Vec::new();
    while let Some(item) = next(stream).await {
        items.push(item);
    }
    items
}

/// Marks a moment.
#[agentops::task]
fn mark() {}

/// Whether `span` was open all through `mark`.
#[track_caller]
fn assert_open_at(span: &Span, mark: &Span) {
    assert!(span.proto.start_time_unix_nano <= mark.proto.start_time_unix_nano);
    assert!(span.proto.end_time_unix_nano >= mark.proto.end_time_unix_nano);
}

#[track_caller]
fn assert_cancelled(span: &Span) {
    assert_eq!(span.status_message(), "dropped before completion");
    assert_eq!(span.str("error.type"), Some("cancelled"));
}
