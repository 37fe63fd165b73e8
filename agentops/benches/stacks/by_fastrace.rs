//! The works annotated with `fastrace::trace`.
//!
//! The reporter takes spans and counts them, or is OpenTelemetry's.

use std::borrow::Cow;

use fastrace::collector::{Config, SpanContext};
use fastrace::local::LocalSpan;
use fastrace::{Span, trace};
use fastrace_opentelemetry::OpenTelemetryReporter;
use opentelemetry::InstrumentationScope;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SpanExporter;

use super::body::{body, each, each_async, each_tree, suspend, ten};
use super::sink::{PLAIN, Sink, TRANSLATED};
use super::{Case, bare, nothing};

// The properties are the library's own way of attributes: each is a `format!`.

#[trace(properties = {
    "llm.model": "{model}",
    "llm.provider": "anthropic",
    "llm.tokens": "{tokens}",
    "llm.attempt": "{attempt}",
})]
fn sync(model: &str, tokens: i64, attempt: i64) -> i64 {
    body(model, tokens, attempt)
}

#[trace(properties = {
    "llm.model": "{model}",
    "llm.provider": "anthropic",
    "llm.tokens": "{tokens}",
    "llm.attempt": "{attempt}",
})]
async fn ready(model: &str, tokens: i64, attempt: i64) -> i64 {
    body(model, tokens, attempt)
}

#[trace(properties = {
    "llm.model": "{model}",
    "llm.provider": "anthropic",
    "llm.tokens": "{tokens}",
    "llm.attempt": "{attempt}",
})]
async fn suspended(model: &str, tokens: i64, attempt: i64) -> i64 {
    suspend().await;
    body(model, tokens, attempt)
}

#[trace(properties = {
    "llm.model": "{model}",
    "llm.provider": "anthropic",
    "llm.tokens": "{tokens}",
    "llm.attempt": "{attempt}",
})]
fn branch(model: &str, tokens: i64, attempt: i64) -> i64 {
    ten(model, tokens, sync)
}

/// The attribute makes no roots.
fn trunk(model: &str, tokens: i64, attempt: i64) -> i64 {
    let root = Span::root("trunk", SpanContext::random()).with_properties(|| {
        [
            ("llm.model", Cow::Owned(model.to_owned())),
            ("llm.provider", Cow::Borrowed("anthropic")),
            ("llm.tokens", Cow::Owned(tokens.to_string())),
            ("llm.attempt", Cow::Owned(attempt.to_string())),
        ]
    });
    let _guard = root.set_local_parent();
    ten(model, tokens, branch)
}

/// The cheapest span there is: it has no attributes.
fn leaf(model: &str, tokens: i64, attempt: i64) -> i64 {
    let _span = LocalSpan::enter_with_local_parent("leaf");
    body(model, tokens, attempt)
}

/// A root that is not sampled, and a span in it.
fn unsampled_root(model: &str, tokens: i64, attempt: i64) -> i64 {
    let root = Span::root("root", SpanContext::random().sampled(false));
    let _guard = root.set_local_parent();
    body(model, tokens, attempt)
}

fn live(run: &mut dyn FnMut()) {
    set_up();
    below(SpanContext::random(), run);
}

fn live_as_otel(run: &mut dyn FnMut()) {
    set_up_otel(Sink(&TRANSLATED));
    below(SpanContext::random(), run);
}

fn live_as_set_up(run: &mut dyn FnMut()) {
    below(SpanContext::random(), run);
}

fn live_unsampled(run: &mut dyn FnMut()) {
    below(SpanContext::random().sampled(false), run);
}

fn bare_as_plain(run: &mut dyn FnMut()) {
    set_up();
    run();
}

fn bare_as_otel(run: &mut dyn FnMut()) {
    set_up_otel(Sink(&TRANSLATED));
    run();
}

fn below(context: SpanContext, run: &mut dyn FnMut()) {
    let root = Span::root("live", context);
    let _guard = root.set_local_parent();
    run();
}

/// Has a reporter that takes spans from here on: before, nothing is recorded.
pub(crate) fn set_up() {
    fastrace::set_reporter(Sink(&PLAIN), Config::default());
}

/// Has OpenTelemetry's reporter from here on.
pub(crate) fn set_up_otel(exporter: impl SpanExporter + 'static) {
    let scope = InstrumentationScope::builder("bench").build();
    let resource = Cow::Owned(Resource::builder_empty().build());
    let reporter = OpenTelemetryReporter::new(exporter, resource, scope);
    fastrace::set_reporter(reporter, Config::default());
}

fn case(work: &'static str, live: fn(&mut dyn FnMut()), burst: fn(u32)) -> Case {
    Case {
        work,
        stack: "fastrace",
        live,
        burst,
        flush: fastrace::flush,
    }
}

pub(crate) fn disabled() -> Vec<Case> {
    vec![Case {
        flush: nothing,
        ..case("disabled", bare, |spans| each(spans, sync))
    }]
}

pub(crate) fn recorded() -> Vec<Case> {
    let as_otel = |work, live, burst| Case {
        stack: "fastrace-otel",
        ..case(work, live, burst)
    };
    let sync: fn(u32) = |spans| each(spans, sync);
    let ready: fn(u32) = |spans| each_async(spans, &ready);
    let suspended: fn(u32) = |spans| each_async(spans, &suspended);
    let tree: fn(u32) = |spans| each_tree(spans, trunk);
    vec![
        case("sync", live, sync),
        case("async", live, ready),
        case("async-suspend", live, suspended),
        case("tree", bare_as_plain, tree),
        case("two-threads", live, sync),
        case("leaf", live, |spans| each(spans, leaf)),
        as_otel("sync", live_as_otel, sync),
        as_otel("async", live_as_otel, ready),
        as_otel("async-suspend", live_as_otel, suspended),
        as_otel("tree", bare_as_otel, tree),
        as_otel("two-threads", live_as_otel, sync),
    ]
}

/// Spans below a live root, for an exporter.
pub(crate) fn exported() -> Case {
    Case {
        stack: "fastrace-otel",
        ..case("sync", live_as_set_up, |spans| each(spans, sync))
    }
}

pub(crate) fn unsampled() -> Vec<Case> {
    vec![
        case("unsampled", bare, |spans| each(spans, unsampled_root)),
        case("unsampled-child", live_unsampled, |spans| each(spans, sync)),
    ]
}
