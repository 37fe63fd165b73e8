//! Options of the attributes, by what a collector receives.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

mod agents;
mod arguments;
mod blocks;
mod calls;
mod cancels;
mod errors;
mod fields;
mod flushes;
mod futures;
mod guardrails;
mod leaves;
mod left_out;
mod macros;
mod metrics;
mod names;
mod relations;
mod returned;
mod sessions;
mod streams;
mod tools;
mod unsampled;
mod verdicts;

use std::cell::Cell;
use std::future::Future;

use agentops::otel::opentelemetry_sdk::trace::Sampler;
use agentops_tests::{Received, Span, Telemetry};
use serde_json::Value;

const INPUT: &str = "agentops.entity.input";
const OUTPUT: &str = "agentops.entity.output";

/// Runs `f` with telemetry that records content though it leaves the machine.
#[track_caller]
fn record_content<R>(f: impl FnOnce() -> R) -> Received {
    let telemetry = Telemetry::start_with(|config, _| config.capture_content(true));
    drop(f());
    telemetry.stop()
}

/// Runs `f` below a span that is not sampled, so that there are metrics and no spans.
#[track_caller]
fn record_unsampled<R>(f: impl FnOnce() -> R) -> Received {
    #[agentops::task]
    fn unsampled<R>(f: impl FnOnce() -> R) -> R {
        f()
    }

    let telemetry = Telemetry::start_with(|config, _| {
        let config = config.capture_content(true);
        config.sampler(Sampler::AlwaysOff)
    });
    drop(unsampled(f));
    let received = telemetry.stop();
    assert!(received.spans.is_empty());
    received
}

/// Runs a future to its end on this thread.
fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}

/// Counts that a value is asked for, and yields how often it was.
fn ask(asked: &Cell<i64>) -> i64 {
    asked.set(asked.get() + 1);
    asked.get()
}

/// What a closure of the program's does that has a mistake.
fn panics<T>() -> T {
    panic!("no idea")
}

/// The attribute of this key, read as JSON.
#[track_caller]
fn json(span: &Span, key: &str) -> Value {
    let text = span.str(key);
    let text = text.unwrap_or_else(|| panic!("`{}` has no {key}", span.name()));
    serde_json::from_str(text).unwrap()
}
