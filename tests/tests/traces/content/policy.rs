//! When content is recorded, and when nothing is even formatted.

use std::collections::HashMap;

use agentops::otel::opentelemetry::{Context, global};
use agentops::otel::opentelemetry_sdk::trace::Sampler;
use agentops_tests::program::uninitialized;
use agentops_tests::{Span, Telemetry};
use serde_json::json;

use super::{Counted, INPUT, OUTPUT, TOOL_INPUT, TOOL_OUTPUT, input};
use crate::{block_on, record_content};

#[agentops::tool]
fn show(counted: Counted) -> Counted {
    counted
}

#[agentops::task]
async fn show_async(counted: Counted) -> Counted {
    tokio::task::yield_now().await;
    counted
}

#[agentops::operation(leaf)]
fn show_leaf(counted: Counted) -> Counted {
    counted
}

/// Calls all of them.
fn show_all(counted: &Counted) {
    show(counted.clone());
    block_on(show_async(counted.clone()));
    show_leaf(counted.clone());
}

#[track_caller]
fn assert_no_content(span: &Span) {
    for key in [INPUT, OUTPUT, TOOL_INPUT, TOOL_OUTPUT] {
        assert_eq!(span.str(key), None, "{}", span.name());
    }
}

#[test]
fn values_are_formatted_once_where_content_is_recorded() {
    let counted = Counted::default();
    let received = record_content(|| show_all(&counted));
    assert_eq!(received.spans.len(), 3);
    assert_eq!(counted.count(), 6, "an argument and a result of each");
}

#[test]
fn nothing_is_formatted_where_content_is_off() {
    let counted = Counted::default();
    let received = Telemetry::record(|| show_all(&counted));
    assert_eq!(received.spans.len(), 3);
    received.spans.iter().for_each(assert_no_content);
    assert_eq!(
        counted.count(),
        0,
        "off by default where it leaves the machine"
    );
}

#[test]
fn nothing_is_formatted_in_a_trace_that_is_not_recorded() {
    #[agentops::session]
    fn session(counted: &Counted) {
        show_all(counted);
    }

    let telemetry =
        Telemetry::start_with(|config, _| config.capture_content(true).sampler(Sampler::AlwaysOff));
    let counted = Counted::default();
    // A root's arguments are read before its sampler is asked.
    let read = Counted::default();
    show(read.clone());
    assert!(read.count() <= 1);
    let headers = HashMap::from([(
        "traceparent".to_owned(),
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00".to_owned(),
    )]);
    let remote = global::get_text_map_propagator(|propagator| propagator.extract(&headers));
    let attached = remote.attach();
    session(&counted);
    drop(attached);
    assert!(telemetry.stop().spans.is_empty());
    assert_eq!(counted.count(), 0);
}

#[test]
fn nothing_is_formatted_where_telemetry_is_suppressed() {
    let counted = Counted::default();
    let received = record_content(|| {
        let _suppressed = Context::enter_telemetry_suppressed_scope();
        show_all(&counted);
    });
    assert!(received.spans.is_empty());
    assert_eq!(counted.count(), 0);
}

#[test]
fn nothing_is_formatted_without_init() {
    let counted = Counted::default();
    uninitialized(|| show_all(&counted));
    assert_eq!(counted.count(), 0);
}

#[test]
fn arguments_that_are_skipped_are_not_formatted() {
    #[agentops::task(skip(secret, b))]
    fn run(secret: Counted, (_a, b): (Counted, u8), kept: u8) -> u8 {
        drop(secret);
        b + kept
    }

    let counted = Counted::default();
    let received = record_content(|| run(counted.clone(), (counted.clone(), 1), 2));
    assert_eq!(input(received.spans.named("run")), json!({"kept": 2}));
    assert_eq!(received.spans.named("run").str(OUTPUT), Some("3"));
    assert_eq!(counted.count(), 0);
}

#[test]
fn function_without_content_records_neither_arguments_nor_result() {
    #[agentops::task(content = false)]
    fn run(counted: Counted) -> Counted {
        counted
    }

    #[agentops::tool(content = false)]
    async fn run_async(counted: Counted) -> Counted {
        counted
    }

    let counted = Counted::default();
    let received = record_content(|| {
        run(counted.clone());
        block_on(run_async(counted.clone()));
    });
    assert_eq!(received.spans.len(), 2);
    received.spans.iter().for_each(assert_no_content);
    assert_eq!(counted.count(), 0);
}

#[test]
fn answer_of_a_model_tells_its_tokens_though_content_is_off() {
    #[agentops::llm_call]
    fn ask(_prompt: &str) -> Result<serde_json::Value, String> {
        Ok(json!({
            "model": "gpt-4o",
            "choices": [{"message": {"content": "hidden"}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 7, "completion_tokens": 1},
        }))
    }

    #[agentops::llm_call(content = false)]
    async fn ask_quietly() -> serde_json::Value {
        json!({"model": "o3", "usage": {"prompt_tokens": 5}})
    }

    let off = Telemetry::record(|| ask("hidden"));
    let span = off.spans.named("chat gpt-4o");
    assert_eq!(span.int("gen_ai.usage.input_tokens"), Some(7));
    assert_no_content(span);
    assert!(!format!("{:?}", span.proto).contains("hidden"));
    let quiet = record_content(|| block_on(ask_quietly()));
    let span = quiet.spans.named("chat o3");
    assert_eq!(span.int("gen_ai.usage.input_tokens"), Some(5));
    assert_no_content(span);
}

#[test]
fn content_does_not_become_a_dimension_of_metrics() {
    #[agentops::llm_call(model = "gpt-4o")]
    fn ask(prompt: &str) -> &'static str {
        "an answer"
    }

    let received = record_content(|| ask("a prompt"));
    assert_eq!(
        received.metrics.named("llm.request.latency").points().len(),
        1
    );
    let metrics = format!("{:?}", received.metrics);
    assert!(!metrics.contains("a prompt") && !metrics.contains("an answer"));
}
