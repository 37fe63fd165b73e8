//! What a streamed answer tells of its call.

use std::fmt;
use std::time::Duration;

use agentops::otel::opentelemetry_sdk::trace::Sampler;
use agentops_tests::{Span, Telemetry};
use futures_core::Stream;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use serde_json::{Value, json};

use super::{Boxed, Chunks, answer, drain, mark, take};
use crate::{block_on, record_async, record_content};

const FIRST_CHUNK: &str = "gen_ai.response.time_to_first_chunk";
const OUTPUT: &str = "agentops.entity.output";

#[agentops::llm_call(provider = "openai", model = "gpt-4o")]
fn ask(prompt: &str) -> impl Stream<Item = Value> {
    assert_eq!(prompt, "6 * 7?");
    Chunks::new(answer())
}

#[track_caller]
fn first_chunk_secs(span: &Span) -> f64 {
    let secs = span.f64(FIRST_CHUNK).unwrap();
    assert!(secs > 0.0, "{secs}");
    assert!(secs <= span.duration().as_secs_f64(), "{secs}");
    secs
}

#[test]
fn chunks_together_tell_what_a_whole_answer_tells() {
    let received = record_async(async { drain(&mut ask("6 * 7?")).await });
    let span = received.spans.named("chat gpt-4o");
    assert_eq!(span.status(), StatusCode::Ok);
    assert_eq!(span.bool("gen_ai.request.stream"), Some(true));
    assert_eq!(span.str("gen_ai.response.id"), Some("chatcmpl-1"));
    assert_eq!(span.str("gen_ai.response.model"), Some("gpt-4o-2024-08-06"));
    let reasons = span.attributes().strs("gen_ai.response.finish_reasons");
    assert_eq!(reasons, Some(vec!["stop"]));
    assert_eq!(span.int("gen_ai.usage.input_tokens"), Some(17));
    assert_eq!(span.int("gen_ai.usage.output_tokens"), Some(5));
    first_chunk_secs(span);
}

#[test]
fn first_chunk_is_timed_and_not_the_last() {
    let received = record_async(async {
        let mut chunks = ask("6 * 7?");
        take(&mut chunks, 1).await;
        mark();
        drain(&mut chunks).await;
    });
    let span = received.spans.named("chat gpt-4o");
    let secs = first_chunk_secs(span);
    let mark = received.spans.named("mark").proto.start_time_unix_nano;
    let before = Duration::from_nanos(mark - span.proto.start_time_unix_nano);
    // The attribute is no whole number of nanoseconds.
    assert!(secs <= before.as_secs_f64() + 1e-9, "{secs} {before:?}");
}

#[test]
fn usage_that_grows_from_chunk_to_chunk_counts_as_the_last_says() {
    #[agentops::llm_call(model = "o3")]
    fn grows() -> impl Stream<Item = Value> {
        Chunks::new([1, 2, 5].map(|n| json!({"usage": {"output_tokens": n}})))
    }

    let received = record_async(async { drain(&mut grows()).await });
    let span = received.spans.named("chat o3");
    assert_eq!(span.int("gen_ai.usage.output_tokens"), Some(5));
}

#[test]
fn what_the_program_records_itself_wins() {
    #[agentops::llm_call(model = "gpt-4o")]
    fn ask() -> impl Stream<Item = Value> {
        agentops::record("gen_ai.usage.output_tokens", 100);
        Chunks::new(answer())
    }

    let received = record_async(async { drain(&mut ask()).await });
    let span = received.spans.named("chat gpt-4o");
    assert_eq!(span.int("gen_ai.usage.output_tokens"), Some(100));
    assert_eq!(span.int("gen_ai.usage.input_tokens"), Some(17));
}

const ATTRIBUTES: &[(&str, &str)] = &[
    ("gen_ai.provider.name", "openai"),
    ("gen_ai.request.model", "gpt-4o"),
    ("gen_ai.response.model", "gpt-4o-2024-08-06"),
];

#[test]
fn streamed_answer_is_counted_like_a_whole_one_and_its_first_chunk_timed() {
    let received = record_async(async { drain(&mut ask("6 * 7?")).await });
    let secs = first_chunk_secs(received.spans.named("chat gpt-4o"));
    let metrics = received.metrics;
    metrics.assert_total("llm.tokens.total", ATTRIBUTES, 22.0);
    let first = metrics.named("gen_ai.client.operation.time_to_first_chunk");
    assert_eq!(first.unit(), "s");
    let point = first.point(ATTRIBUTES);
    assert_eq!(point.count(), 1);
    assert!((point.sum() - secs).abs() < 1e-9);
    let latency = metrics.named("llm.request.latency").point(ATTRIBUTES);
    assert_eq!(latency.count(), 1);
    assert!(latency.sum() >= secs * 1e3, "the call lasts to its end");
}

#[test]
fn stream_that_is_not_recorded_is_counted_all_the_same() {
    let telemetry = Telemetry::start_with(|config, _| config.sampler(Sampler::AlwaysOff));
    let items = block_on(async { drain(&mut ask("6 * 7?")).await });
    assert_eq!(items, answer());
    let received = telemetry.stop();
    assert!(received.spans.is_empty());
    let metrics = received.metrics;
    metrics.assert_total("llm.tokens.total", ATTRIBUTES, 22.0);
    let first = metrics.named("gen_ai.client.operation.time_to_first_chunk");
    assert_eq!(first.point(ATTRIBUTES).count(), 1);
}

#[test]
fn chunks_are_recorded_as_an_array_where_content_is_wanted() {
    let received = record_content(|| block_on(async { drain(&mut ask("6 * 7?")).await }));
    let span = received.spans.named("chat gpt-4o");
    assert_eq!(
        span.str("agentops.entity.input"),
        Some(r#"{"prompt":"6 * 7?"}"#)
    );
    let items: Value = serde_json::from_str(span.str(OUTPUT).unwrap()).unwrap();
    assert_eq!(items, json!(answer()));
    let off = record_async(async { drain(&mut ask("6 * 7?")).await });
    assert_eq!(off.spans.named("chat gpt-4o").str(OUTPUT), None);
}

#[test]
fn items_are_recorded_as_well_as_their_type_can_say() {
    #[derive(Debug)]
    struct Shown;
    struct Bare;

    #[agentops::task]
    fn shows() -> impl Stream<Item = Result<Shown, Bare>> {
        Chunks::new([Ok(Shown), Ok(Shown)])
    }

    #[agentops::task]
    fn bare<T: Send + 'static>(item: T) -> Boxed<T> {
        Box::pin(Chunks::new([item]))
    }

    #[agentops::task]
    fn none() -> impl Stream<Item = Shown> {
        Chunks::new([])
    }

    #[agentops::task]
    fn lends(text: &str) -> impl Stream<Item = &str> + '_ {
        Chunks::new(text.split(' '))
    }

    let received = record_content(|| {
        block_on(async {
            drain(&mut shows()).await;
            drain(&mut bare(1_u8)).await;
            drain(&mut none()).await;
            drain(&mut lends("a b")).await;
        });
    });
    for (name, expected) in [
        ("shows", r#"["Shown","Shown"]"#),
        ("bare", r#"["<u8>"]"#),
        ("none", "[]"),
        ("lends", r#"["a","b"]"#),
    ] {
        assert_eq!(received.spans.named(name).str(OUTPUT), Some(expected));
    }
}

#[test]
fn long_streams_are_cut_and_the_items_pass_whole() {
    #[agentops::task]
    fn run() -> impl Stream<Item = String> {
        Chunks::new((0..300).map(|_| "x".repeat(1 << 10)))
    }

    let received = record_content(|| {
        let items = block_on(async { drain(&mut run()).await });
        assert_eq!(items.len(), 300);
    });
    let span = received.spans.named("run");
    assert_eq!(span.status(), StatusCode::Ok);
    let items = span.str(OUTPUT).unwrap();
    assert!(items.starts_with(r#"["xxx"#));
    let (kept, marker) = items.rsplit_once(" … ").unwrap();
    assert_eq!(kept.len(), 256 << 10);
    assert!(marker.starts_with("[cut: 262144 of "), "{marker}");
}

#[test]
fn item_that_panics_when_it_is_formatted_passes_unharmed() {
    struct Bomb;
    impl fmt::Debug for Bomb {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("a value that cannot be formatted")
        }
    }

    #[agentops::task]
    fn run() -> impl Stream<Item = Bomb> {
        Chunks::new([Bomb, Bomb])
    }

    let received = record_content(|| {
        let items = block_on(async { drain(&mut run()).await });
        assert_eq!(items.len(), 2);
    });
    let expected = r#"["<formatting panicked>","<formatting panicked>"]"#;
    assert_eq!(received.spans.named("run").str(OUTPUT), Some(expected));
}

#[test]
fn what_an_answer_said_before_it_was_dropped_counts() {
    let received = record_content(|| block_on(async { take(&mut ask("6 * 7?"), 2).await }));
    let span = received.spans.named("chat gpt-4o");
    assert_eq!(span.str("gen_ai.response.model"), Some("gpt-4o-2024-08-06"));
    assert_eq!(span.bool("gen_ai.request.stream"), Some(true));
    let items: Value = serde_json::from_str(span.str(OUTPUT).unwrap()).unwrap();
    assert_eq!(items, json!(answer()[..2]));
    first_chunk_secs(span);
}
