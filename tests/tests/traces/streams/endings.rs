//! How a stream's span ends: whole, dropped, with an error, in a panic.

use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};

use agentops_tests::{Span, Tree};
use futures_core::Stream;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use serde_json::Value;

use super::{Boxed, Chunks, answer, assert_cancelled, assert_open_at, drain, mark, next, take};
use crate::{block_on, record_async, record_content};

#[agentops::llm_call(model = "gpt-4o")]
fn ask() -> impl Stream<Item = Value> {
    Chunks::new(answer())
}

#[agentops::llm_call(model = "gpt-4o")]
async fn ask_boxed() -> Result<Boxed<Value>, String> {
    tokio::task::yield_now().await;
    Ok(Box::pin(Chunks::new(answer())))
}

#[test]
fn span_ends_when_the_stream_says_so() {
    let received = record_async(async {
        let mut stream = ask();
        take(&mut stream, 4).await;
        mark();
        assert_eq!(next(&mut stream).await, None);
        drop(stream);
    });
    let span = received.spans.named("chat gpt-4o");
    assert_open_at(span, received.spans.named("mark"));
    assert_eq!(span.status(), StatusCode::Ok);
}

#[test]
fn span_of_a_stream_that_is_over_ends_before_it_is_dropped() {
    let received = record_async(async {
        let mut stream = ask();
        drain(&mut stream).await;
        mark();
        assert_eq!(next(&mut stream).await, None, "it may be polled again");
        drop(stream);
    });
    let (span, mark) = (
        received.spans.named("chat gpt-4o"),
        received.spans.named("mark"),
    );
    assert!(span.proto.end_time_unix_nano <= mark.proto.start_time_unix_nano);
}

#[test]
fn stream_dropped_in_the_middle_is_cancelled() {
    let received = record_async(async {
        let mut stream = ask();
        let mut boxed = ask_boxed().await.unwrap();
        take(&mut stream, 2).await;
        take(&mut boxed, 1).await;
        mark();
    });
    let spans = received.spans.all_named("chat gpt-4o");
    assert_eq!(spans.len(), 2);
    for span in spans {
        assert_cancelled(span);
        assert_open_at(span, received.spans.named("mark"));
    }
}

#[test]
fn stream_dropped_before_its_first_poll_is_cancelled() {
    let received = record_async(async {
        drop(ask());
        drop(ask_boxed().await);
    });
    let spans = received.spans.all_named("chat gpt-4o");
    assert_eq!(spans.len(), 2);
    for span in spans {
        assert_cancelled(span);
        assert_eq!(span.f64("gen_ai.response.time_to_first_chunk"), None);
    }
}

#[test]
fn function_cancelled_before_it_gives_a_stream_is_cancelled() {
    #[agentops::llm_call(model = "gpt-4o")]
    async fn connects() -> Boxed<Value> {
        pending().await
    }

    let received = record_async(async {
        tokio::select! {
            biased;
            _ = connects() => unreachable!("it waits for ever"),
            () = std::future::ready(()) => {}
        }
    });
    assert_cancelled(received.spans.named("chat gpt-4o"));
}

#[test]
fn answer_dropped_after_the_model_has_stopped_is_not_cancelled() {
    let received = record_async(async {
        take(&mut ask(), 3).await;
        take(&mut ask_boxed().await.unwrap(), 3).await;
    });
    let spans = received.spans.all_named("chat gpt-4o");
    assert_eq!(spans.len(), 2);
    for span in spans {
        assert_eq!(span.status(), StatusCode::Ok);
        assert_eq!(span.str("error.type"), None);
    }
}

#[track_caller]
fn assert_failed(span: &Span, message: &str) {
    assert_eq!(span.status(), StatusCode::Error);
    assert_eq!(span.status_message(), message);
    assert_eq!(span.str("error.type"), Some("alloc::string::String"));
    let [event] = span.events()[..] else {
        panic!("one exception makes one event, not {}", span.events().len());
    };
    assert_eq!(event.attributes().str("exception.message"), Some(message));
}

#[test]
fn item_that_is_an_error_fails_the_span() {
    #[agentops::llm_call(model = "gpt-4o")]
    fn breaks() -> impl Stream<Item = Result<Value, String>> {
        let [first, ..] = answer();
        Chunks::new([Ok(first), Err("connection reset".to_owned())])
    }

    #[agentops::llm_call(model = "gpt-4o")]
    async fn breaks_boxed() -> Result<Boxed<Result<Value, String>>, String> {
        let [first, ..] = answer();
        Ok(Box::pin(Chunks::new([
            Ok(first),
            Err("connection reset".to_owned()),
        ])))
    }

    let received = record_content(|| {
        block_on(async {
            drain(&mut breaks()).await;
            // It is an error though the stream is dropped with it.
            take(&mut breaks_boxed().await.unwrap(), 2).await;
        });
    });
    let spans = received.spans.all_named("chat gpt-4o");
    assert_eq!(spans.len(), 2);
    for span in spans {
        assert_failed(span, "connection reset");
        let items: Value =
            serde_json::from_str(span.str("agentops.entity.output").unwrap()).unwrap();
        assert_eq!(items, serde_json::json!(answer()[..1]));
    }
}

#[test]
fn error_instead_of_a_stream_ends_the_span_at_once() {
    #[agentops::llm_call(model = "gpt-4o")]
    fn opaque() -> Result<impl Stream<Item = Value>, String> {
        match std::env::args().len() {
            0 => Ok(Chunks::new(answer())),
            _ => Err("401".to_owned()),
        }
    }

    #[agentops::llm_call(model = "gpt-4o")]
    async fn boxed() -> Result<Boxed<Value>, String> {
        tokio::task::yield_now().await;
        Err("401".to_owned())
    }

    let received = record_async(async {
        assert!(opaque().is_err());
        assert!(boxed().await.is_err());
        mark();
    });
    let mark = received.spans.named("mark");
    let spans = received.spans.all_named("chat gpt-4o");
    assert_eq!(spans.len(), 2);
    for span in spans {
        assert_failed(span, "401");
        assert!(span.proto.end_time_unix_nano <= mark.proto.start_time_unix_nano);
        assert_eq!(span.str("agentops.entity.output"), None);
    }
}

#[test]
fn panic_of_a_stream_ends_its_span_and_keeps_what_was_said() {
    #[agentops::llm_call(model = "gpt-4o")]
    fn explodes() -> impl Stream<Item = Value> {
        let mut chunks = Chunks::new(answer().into_iter().take(1));
        chunks.on_empty = || panic!("no more");
        chunks
    }

    let received = record_content(|| {
        let mut stream = explodes();
        let first = block_on(take(&mut stream, 1));
        assert_eq!(first.len(), 1);
        let payload = catch_unwind(AssertUnwindSafe(|| block_on(next(&mut stream)))).unwrap_err();
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"no more"));
    });
    let span = received.spans.named("chat gpt-4o");
    assert_eq!(span.status(), StatusCode::Error);
    assert_eq!(span.status_message(), "panicked");
    assert_eq!(span.str("error.type"), Some("panic"));
    assert_eq!(span.bool("gen_ai.request.stream"), Some(true));
    assert_eq!(span.str("gen_ai.response.id"), Some("chatcmpl-1"));
    let items: Value = serde_json::from_str(span.str("agentops.entity.output").unwrap()).unwrap();
    assert_eq!(items, serde_json::json!(answer()[..1]));
}

#[test]
fn streams_of_agents_and_tools_stay_open_too() {
    #[agentops::agent("planner")]
    fn plan() -> impl Stream<Item = &'static str> {
        Chunks::new(["look", "think"])
    }

    #[agentops::tool("search")]
    async fn search() -> Boxed<Value> {
        Box::pin(Chunks::new(answer()))
    }

    let received = record_content(|| {
        block_on(async {
            let mut plan = plan();
            let mut search = search().await;
            take(&mut plan, 2).await;
            // What a model says of its end means nothing here.
            take(&mut search, 4).await;
            mark();
            drain(&mut plan).await;
        });
    });
    let spans = &received.spans;
    let (plan, search) = (
        spans.named("invoke_agent planner"),
        spans.named("execute_tool search"),
    );
    for span in [plan, search] {
        assert_open_at(span, spans.named("mark"));
        assert_eq!(span.bool("gen_ai.request.stream"), None);
        assert_eq!(span.f64("gen_ai.response.time_to_first_chunk"), None);
        assert_eq!(span.int("gen_ai.usage.input_tokens"), None);
    }
    assert_eq!(plan.status(), StatusCode::Ok);
    assert_eq!(
        plan.str("agentops.entity.output"),
        Some(r#"["look","think"]"#)
    );
    assert_cancelled(search);
    assert!(search.str("gen_ai.tool.call.result").is_some());
}

#[test]
fn streams_hang_below_one_another() {
    #[agentops::agent("planner")]
    async fn plan() -> Boxed<Value> {
        Box::pin(ask())
    }

    let received = record_async(async { drain(&mut plan().await).await });
    Tree::of(&received.spans).assert_eq(
        "
        agent invoke_agent planner: ok
          llm_call chat gpt-4o (17 in, 5 out): ok
        ",
    );
}
