//! Options of functions that return a stream: they see each of its items.

use std::cell::Cell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use agentops_tests::program::uninitialized;
use agentops_tests::{Span, Telemetry};
use futures_core::Stream;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use serde_json::{Value, json};

use crate::{OUTPUT, block_on, json as content, panics, record_content};

const COMPLETION: &str = "gen_ai.output.messages";

type BoxStream<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

/// A piece of an answer.
#[derive(Clone, Debug, serde::Serialize)]
struct Chunk {
    text: &'static str,
    tokens: Option<(u64, u64)>,
}

impl Chunk {
    fn response(&self) -> Value {
        json!({"model": "m-2", "id": self.text})
    }
}

/// A stream that has each of its items ready.
struct Chunks<T>(VecDeque<T>);

impl<T> Unpin for Chunks<T> {}

impl<T> Stream for Chunks<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn chunks() -> [Chunk; 3] {
    let chunk = |text, tokens| Chunk { text, tokens };
    [
        chunk("forty", None),
        chunk("-two", Some((17, 4))),
        chunk("", Some((17, 5))),
    ]
}

fn stream() -> Chunks<Chunk> {
    Chunks(chunks().into())
}

async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)).await
}

/// Takes all items, and says how many there were.
async fn drain<S: Stream>(stream: S) -> usize {
    let mut stream = Box::pin(stream);
    let mut count = 0;
    while next(&mut stream).await.is_some() {
        count += 1;
    }
    count
}

/// Functions with the same options on streams of every shape.
macro_rules! answers {
    ($($name:literal: ($($function:tt)*) $value:expr;)*) => {$(
        #[agentops::llm_call(
            name = $name,
            stream,
            usage = |chunk| chunk.tokens,
            response = Chunk::response,
            completion = |chunk| chunk.text,
            ret(|chunk| chunk.text.len(), fields(last = |chunk| chunk.text)),
            err_if = |chunk| chunk.text == "-two"
        )]
        $($function)* {
            $value
        }
    )*};
}

answers! {
    "opaque": (fn opaque() -> impl Stream<Item = Chunk> + Send) stream();
    "opaque_async": (async fn opaque_async() -> impl Stream<Item = Chunk>) stream();
    "boxed": (fn boxed() -> Pin<Box<dyn Stream<Item = Chunk> + Send + Sync>>) Box::pin(stream());
    "boxed_async": (async fn boxed_async() -> Pin<Box<dyn Stream<Item = Chunk> + Send>>) Box::pin(stream());
    "local": (fn local() -> Pin<Box<dyn Stream<Item = Chunk>>>) Box::pin(stream());
    "result": (fn result() -> Result<impl Stream<Item = Chunk>, String>) Ok(stream());
    "result_async": (async fn result_async() -> Result<impl Stream<Item = Chunk>, String>) Ok(stream());
    "boxed_result": (fn boxed_result() -> Result<Pin<Box<dyn Stream<Item = Chunk> + Send>>, String>) Ok(Box::pin(stream()));
    "boxed_result_async": (async fn boxed_result_async() -> Result<Pin<Box<dyn Stream<Item = Chunk> + Send>>, String>) Ok(Box::pin(stream()));
}

async fn drain_all() {
    drain(opaque()).await;
    drain(opaque_async().await).await;
    drain(boxed()).await;
    drain(boxed_async().await).await;
    drain(local()).await;
    drain(result().unwrap()).await;
    drain(result_async().await.unwrap()).await;
    drain(boxed_result().unwrap()).await;
    drain(boxed_result_async().await.unwrap()).await;
}

#[track_caller]
fn assert_tells_all(span: &Span) {
    let name = span.name();
    assert_eq!(span.int("gen_ai.usage.input_tokens"), Some(17), "{name}");
    assert_eq!(span.int("gen_ai.usage.output_tokens"), Some(5), "{name}");
    assert_eq!(span.str("gen_ai.response.model"), Some("m-2"), "{name}");
    assert_eq!(span.bool("gen_ai.request.stream"), Some(true), "{name}");
    assert_eq!(span.str("last"), Some(""), "{name}");
    assert_eq!(span.status(), StatusCode::Error, "{name}");
    assert_eq!(span.status_message(), "`err_if` says so", "{name}");
}

#[test]
fn options_see_each_item_of_streams_of_every_shape() {
    let received = record_content(|| block_on(drain_all()));
    assert_eq!(received.spans.len(), 9);
    for span in received.spans.iter() {
        assert_tells_all(span);
        // An item that is an error is no content.
        assert_eq!(content(span, OUTPUT), json!([5, 0]), "{}", span.name());
        let said = json!([{
            "role": "assistant",
            "parts": [{"type": "text", "content": "forty-two"}],
        }]);
        assert_eq!(content(span, COMPLETION), said, "{}", span.name());
    }
    let metrics = received.metrics;
    metrics.assert_total("llm.tokens.total", &[], 9.0 * 22.0);
}

#[test]
fn content_of_items_stays_where_it_may_not_leave_the_machine() {
    let spans = Telemetry::record(|| block_on(drain_all())).spans;
    assert_eq!(spans.len(), 9);
    for span in spans.iter() {
        assert_tells_all(span);
        assert_eq!(span.str(OUTPUT), None, "{}", span.name());
        assert_eq!(span.str(COMPLETION), None, "{}", span.name());
    }
}

#[test]
fn options_do_not_see_the_error_in_place_of_a_stream() {
    #[agentops::llm_call(usage = |chunk| chunk.tokens, ret(fields(seen = |_| true)))]
    async fn refused() -> Result<impl Stream<Item = Chunk>, String> {
        let stream: Result<Chunks<Chunk>, _> = Err("refused".to_owned());
        stream
    }

    #[agentops::llm_call(usage = |chunk| chunk.tokens, ret(fields(seen = |_| true)))]
    fn refused_box() -> Result<BoxStream<Chunk>, String> {
        Err("refused".to_owned())
    }

    let spans = Telemetry::record(|| {
        assert!(block_on(refused()).is_err());
        assert!(refused_box().is_err());
    })
    .spans;
    assert_eq!(spans.len(), 2);
    for span in spans.iter() {
        assert_eq!(span.status(), StatusCode::Error);
        assert_eq!(span.status_message(), "refused");
        assert_eq!(span.bool("seen"), None);
    }
}

/// What a closure sees is told by the words of the declared type, not by the type.
#[test]
fn closures_see_no_items_behind_an_alias_of_another_name() {
    type Answer = BoxStream<Chunk>;

    #[agentops::llm_call(err_if = |_| true)]
    fn aliased() -> Answer {
        Box::pin(stream())
    }

    let spans = Telemetry::record(|| block_on(drain(aliased()))).spans;
    assert_eq!(spans[0].status(), StatusCode::Ok);
}

#[test]
fn items_that_are_results_are_told_apart() {
    type Item = Result<Chunk, u16>;

    #[agentops::llm_call(
        usage = |chunk| chunk.tokens,
        ret(|chunk| chunk.text),
        err(|code| format!("code {code}"), type = |code| code)
    )]
    fn fails() -> Pin<Box<dyn Stream<Item = Item> + Send>> {
        let [first, second, _] = chunks();
        Box::pin(Chunks([Ok(first), Ok(second), Err(429)].into()))
    }

    #[agentops::llm_call(ok_if = |_| true, ret(|chunk| chunk.text))]
    async fn forgives() -> impl Stream<Item = Item> {
        let [first, ..] = chunks();
        Chunks([Err(429), Ok(first)].into())
    }

    let spans = record_content(|| {
        block_on(drain(fails()));
        block_on(async { drain(forgives().await).await });
    })
    .spans;
    let [fails, forgives] = [&spans[0], &spans[1]];
    assert_eq!(fails.status_message(), "code 429");
    assert_eq!(fails.str("error.type"), Some("429"));
    assert_eq!(fails.int("gen_ai.usage.output_tokens"), Some(4));
    assert_eq!(content(fails, OUTPUT), json!(["forty", "-two"]));
    assert_eq!(forgives.status(), StatusCode::Ok);
    assert_eq!(content(forgives, OUTPUT), json!(["forty"]));
}

#[test]
fn stream_that_is_left_tells_what_went_by() {
    #[agentops::llm_call(
        on_cancel = unset,
        usage = |chunk| chunk.tokens,
        completion = |chunk| chunk.text
    )]
    fn left() -> impl Stream<Item = Chunk> + Unpin {
        stream()
    }

    let spans = record_content(|| {
        let mut stream = left();
        block_on(async {
            next(&mut stream).await;
            next(&mut stream).await;
        });
    })
    .spans;
    let span = &spans[0];
    assert_eq!(span.status(), StatusCode::Unset);
    assert_eq!(span.int("gen_ai.usage.output_tokens"), Some(4));
    assert!(span.str(COMPLETION).unwrap().contains("forty-two"));
}

thread_local! {
    /// How often a closure on an item ran.
    static LOOKED: Cell<u8> = const { Cell::new(0) };
}

fn look(chunk: &Chunk) -> Option<(u64, u64)> {
    LOOKED.set(LOOKED.get() + 1);
    chunk.tokens
}

#[test]
fn closures_run_once_an_item_and_not_without_init() {
    #[agentops::llm_call(usage = look)]
    fn looked_at() -> impl Stream<Item = Chunk> {
        stream()
    }

    LOOKED.set(0);
    uninitialized(|| assert_eq!(block_on(drain(looked_at())), 3));
    assert_eq!(LOOKED.get(), 0);
    Telemetry::record(|| block_on(drain(looked_at())));
    assert_eq!(LOOKED.get(), 3);
}

#[test]
fn closures_that_panic_leave_the_stream_alone() {
    #[agentops::llm_call(
        usage = |_| panics::<Option<(u64, u64)>>(),
        response = |_| panics::<String>(),
        completion = |_| panics::<String>(),
        ret(|_| panics::<String>()),
        err_if = |_| panics()
    )]
    fn fragile() -> impl Stream<Item = Chunk> {
        stream()
    }

    let spans = record_content(|| assert_eq!(block_on(drain(fragile())), 3)).spans;
    let span = &spans[0];
    assert_eq!(span.status(), StatusCode::Ok);
    assert_eq!(content(span, OUTPUT), json!([]));
    assert_eq!(span.str(COMPLETION), None);
}

#[test]
fn stream_of_other_families_takes_options_too() {
    #[agentops::tool(
        name = "rows",
        ret(|chunk| chunk.text, fields(last = |chunk| chunk.text)),
        ok_if = |chunk| chunk.text != "-two"
    )]
    fn rows() -> impl Stream<Item = Chunk> {
        stream()
    }

    let spans = record_content(|| block_on(drain(rows()))).spans;
    let span = spans.named("execute_tool rows");
    assert_eq!(span.status_message(), "`ok_if` says no");
    assert_eq!(span.str("last"), Some(""));
    assert_eq!(
        content(span, "gen_ai.tool.call.result"),
        json!(["forty", ""])
    );
}

#[test]
fn completion_of_a_stream_is_whole_where_some_chunks_say_nothing() {
    #[agentops::llm_call(completion = |piece| *piece)]
    fn deltas() -> impl Stream<Item = Option<&'static str>> {
        Chunks([Some("Hel"), Some("lo"), None].into())
    }

    let spans = record_content(|| block_on(drain(deltas()))).spans;
    let span = spans.named("chat");
    let text = &content(span, COMPLETION)[0]["parts"][0]["content"];
    assert_eq!(*text, json!("Hello"));
}
