//! Where a stream's span hangs, and what hangs below it.

use std::cell::Cell;
use std::thread;

use agentops::Session;
use agentops::otel::opentelemetry::{Context, trace::TraceContextExt as _};
use agentops_tests::{Telemetry, Tree};
use futures_core::Stream;
use serde_json::Value;

use super::{Boxed, Chunks, answer, drain, next, take};
use crate::{block_on, record_async, record_on_workers};

#[agentops::task]
fn fetch() {}

#[agentops::llm_call(model = "gpt-4o")]
fn ask() -> impl Stream<Item = Value> + Send {
    let mut chunks = Chunks::new(answer().into_iter().take(1));
    chunks.on_empty = fetch;
    chunks
}

#[agentops::llm_call(model = "gpt-4o")]
async fn ask_boxed() -> Boxed<Value> {
    let mut chunks = Chunks::new(answer().into_iter().take(1));
    chunks.on_empty = fetch;
    Box::pin(chunks)
}

#[agentops::task]
fn show() {}

const TREE: &str = "
    session run: unset
      llm_call chat gpt-4o: ok
        task fetch: unset
      task show: unset
";

#[test]
fn what_the_stream_calls_hangs_below_it_and_what_its_reader_calls_does_not() {
    #[agentops::session]
    async fn run(is_boxed: bool) {
        let mut stream: Boxed<Value> = match is_boxed {
            true => ask_boxed().await,
            false => Box::pin(ask()),
        };
        assert!(next(&mut stream).await.is_some());
        assert!(next(&mut stream).await.is_none());
        show();
    }

    for is_boxed in [false, true] {
        let received = record_async(run(is_boxed));
        Tree::of(&received.spans).assert_eq(TREE);
    }
}

#[test]
fn reader_sees_its_own_span_between_items() {
    #[agentops::session]
    async fn run() {
        let own = Context::current().span().span_context().span_id();
        let mut stream = ask();
        while next(&mut stream).await.is_some() {
            assert_eq!(Context::current().span().span_context().span_id(), own);
        }
        assert_eq!(Context::current().span().span_context().span_id(), own);
    }

    assert_eq!(record_async(run()).spans.len(), 3);
}

#[test]
fn what_drops_with_the_stream_hangs_below_it() {
    struct Closes;

    impl Drop for Closes {
        fn drop(&mut self) {
            fetch();
        }
    }

    #[agentops::llm_call(model = "gpt-4o")]
    fn ask() -> impl Stream<Item = Closes> {
        Chunks::new([Closes])
    }

    let spans = record_async(async { drop(ask()) }).spans;
    assert!(spans.named("fetch").is_child_of(spans.named("chat gpt-4o")));
}

#[test]
fn stream_may_be_polled_on_several_threads() {
    let received = Telemetry::record(|| {
        let mut stream = block_on(ask_boxed());
        let elsewhere = |count| {
            let read = || block_on(take(&mut stream, count)).len();
            thread::scope(|scope| scope.spawn(read).join().unwrap())
        };
        assert_eq!([1, 1].map(elsewhere), [1, 0]);
    });
    Tree::of(&received.spans).assert_eq(
        "
        llm_call chat gpt-4o: ok
          task fetch: unset
        ",
    );
}

#[test]
fn stream_may_be_read_by_another_task() {
    let received = record_on_workers(async {
        let mut stream = ask_boxed().await;
        let task = tokio::spawn(async move { drain(&mut stream).await.len() });
        assert_eq!(task.await.unwrap(), 1);
    });
    Tree::of(&received.spans).assert_eq(
        "
        llm_call chat gpt-4o: ok
          task fetch: unset
        ",
    );
}

#[test]
fn stream_that_outlives_its_session_belongs_to_it() {
    #[agentops::session(id = "s1")]
    async fn run() -> (Boxed<Value>, String) {
        let stream = ask_boxed().await;
        (stream, Session::current().unwrap().id().to_owned())
    }

    let spans = record_async(async {
        let (mut stream, id) = run().await;
        assert_eq!(id, "s1");
        assert!(Session::current().is_none());
        drain(&mut stream).await;
    })
    .spans;
    Tree::of(&spans).assert_eq(
        "
        session run: unset
          llm_call chat gpt-4o: ok
            task fetch: unset
        ",
    );
    for span in spans.iter() {
        assert_eq!(span.str("session.id"), Some("s1"), "{}", span.name());
    }
    let (run, call) = (spans.named("run"), spans.named("chat gpt-4o"));
    assert!(call.proto.end_time_unix_nano >= run.proto.end_time_unix_nano);
}

#[test]
fn session_that_returns_a_stream_lasts_as_long() {
    #[agentops::session(id = "s1")]
    fn run() -> impl Stream<Item = Value> {
        ask()
    }

    let spans = record_async(async { drain(&mut run()).await }).spans;
    Tree::of(&spans).assert_eq(
        "
        session run: ok
          llm_call chat gpt-4o: ok
            task fetch: unset
        ",
    );
    assert_eq!(
        spans.named("run").str("agentops.session.end_state"),
        Some("Success")
    );
}

#[test]
fn telemetry_that_is_suppressed_makes_no_span_of_a_stream() {
    thread_local! {
        static READ: Cell<usize> = const { Cell::new(0) };
    }
    let received = record_async(agentops::suppressed(async {
        READ.set(drain(&mut ask()).await.len());
    }));
    assert_eq!(READ.get(), 1);
    assert!(received.spans.is_empty());
}
