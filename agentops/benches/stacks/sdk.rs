//! The works by hand on the OpenTelemetry SDK, with its batch processor.

use std::sync::OnceLock;
use std::time::Instant;

use opentelemetry::baggage::BaggageExt as _;
use opentelemetry::metrics::{Counter, Histogram, MeterProvider as _};
use opentelemetry::trace::{
    FutureExt as _, SpanBuilder, SpanKind, TraceContextExt as _, Tracer, TracerProvider as _,
    get_active_span, mark_span_as_active, noop::NoopTracer,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider};
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider, SpanExporter};

use super::body::{PROVIDER, Reply, body, each, each_async, each_tree, reply, suspend, ten};
use super::sampler::sampler;
use super::sink::MetricSink;
use super::{Case, bare, nothing};

fn attributes(model: &str, tokens: i64, attempt: i64) -> [KeyValue; 4] {
    [
        KeyValue::new("llm.model", model.to_owned()),
        KeyValue::new("llm.provider", PROVIDER),
        KeyValue::new("llm.tokens", tokens),
        KeyValue::new("llm.attempt", attempt),
    ]
}

fn builder(name: &'static str, model: &str, tokens: i64, attempt: i64) -> SpanBuilder {
    SpanBuilder::from_name(name)
        .with_kind(SpanKind::Internal)
        .with_attributes(attributes(model, tokens, attempt))
}

fn sync(model: &str, tokens: i64, attempt: i64) -> i64 {
    let span = stack()
        .tracer
        .build(builder("sync", model, tokens, attempt));
    let _active = mark_span_as_active(span);
    body(model, tokens, attempt)
}

async fn ready(model: &str, tokens: i64, attempt: i64) -> i64 {
    let span = stack()
        .tracer
        .build(builder("ready", model, tokens, attempt));
    async { body(model, tokens, attempt) }
        .with_context(Context::current_with_span(span))
        .await
}

async fn suspended(model: &str, tokens: i64, attempt: i64) -> i64 {
    let span = builder("suspended", model, tokens, attempt);
    let span = stack().tracer.build(span);
    let future = async {
        suspend().await;
        body(model, tokens, attempt)
    };
    future.with_context(Context::current_with_span(span)).await
}

fn branch(model: &str, tokens: i64, attempt: i64) -> i64 {
    let span = builder("branch", model, tokens, attempt);
    let _active = mark_span_as_active(stack().tracer.build(span));
    ten(model, tokens, sync)
}

fn trunk(model: &str, tokens: i64, attempt: i64) -> i64 {
    let span = stack()
        .tracer
        .build(builder("trunk", model, tokens, attempt));
    let _active = mark_span_as_active(span);
    ten(model, tokens, branch)
}

/// What `#[agentops::llm_call]` does: a span with the session of the baggage and with tokens,
/// a histogram of latency, and two counters of tokens.
fn call_model(model: &str, tokens: i64, attempt: i64) -> Reply {
    let stack = stack();
    let started = Instant::now();
    let mut attributes = vec![
        KeyValue::new("gen_ai.operation.name", "chat"),
        KeyValue::new("gen_ai.provider.name", PROVIDER),
        KeyValue::new("gen_ai.request.model", model.to_owned()),
    ];
    if let Some(session) = Context::map_current(|cx| cx.baggage().get("session.id").cloned()) {
        attributes.push(KeyValue::new("session.id", session));
    }
    let span = SpanBuilder::from_name(format!("chat {model}"))
        .with_kind(SpanKind::Client)
        .with_attributes(attributes);
    let _active = mark_span_as_active(stack.tracer.build(span));
    let reply = reply(model, tokens, attempt);
    get_active_span(|span| {
        let input = KeyValue::new("gen_ai.usage.input_tokens", reply.input_tokens);
        let output = KeyValue::new("gen_ai.usage.output_tokens", reply.output_tokens);
        span.set_attribute(input);
        span.set_attribute(output);
    });
    let dimensions = [
        KeyValue::new("gen_ai.operation.name", "chat"),
        KeyValue::new("gen_ai.provider.name", PROVIDER),
        KeyValue::new("gen_ai.request.model", model.to_owned()),
        KeyValue::new("server.address", "api.anthropic.com"),
    ];
    let count = |tokens| u64::try_from(tokens).unwrap_or_default();
    let seconds = started.elapsed().as_secs_f64();
    stack.latency.record(seconds, &dimensions);
    stack.input.add(count(reply.input_tokens), &dimensions);
    stack.output.add(count(reply.output_tokens), &dimensions);
    reply
}

/// The same code where the program has no provider.
fn noop(model: &str, tokens: i64, attempt: i64) -> i64 {
    let span = NoopTracer::new().build(builder("sync", model, tokens, attempt));
    let _active = mark_span_as_active(span);
    body(model, tokens, attempt)
}

fn live(run: &mut dyn FnMut()) {
    let _active = mark_span_as_active(stack().tracer.start("live"));
    run();
}

/// A live root in a context that holds what a session's baggage does.
fn live_with_baggage(run: &mut dyn FnMut()) {
    let members = [
        KeyValue::new("session.id", "3f0a6b1c-session"),
        KeyValue::new("tenant", "blue"),
    ];
    let _baggage = Context::current_with_baggage(members).attach();
    live(run);
}

fn case(work: &'static str, live: fn(&mut dyn FnMut()), burst: fn(u32)) -> Case {
    Case {
        work,
        stack: "otel-sdk",
        live,
        burst,
        flush,
    }
}

pub(crate) fn disabled() -> Vec<Case> {
    vec![Case {
        flush: nothing,
        ..case("disabled", bare, |spans| each(spans, noop))
    }]
}

pub(crate) fn recorded() -> Vec<Case> {
    vec![
        exported(),
        case("async", live, |spans| each_async(spans, &ready)),
        case("async-suspend", live, |spans| each_async(spans, &suspended)),
        case("tree", bare, |spans| each_tree(spans, trunk)),
        case("two-threads", live, |spans| each(spans, sync)),
        case("llm-call", live_with_baggage, |spans| {
            each(spans, call_model);
        }),
    ]
}

/// Spans below a live root, for an exporter.
pub(crate) fn exported() -> Case {
    case("sync", live, |spans| each(spans, sync))
}

pub(crate) fn unsampled() -> Vec<Case> {
    vec![
        case("unsampled", bare, |spans| each(spans, sync)),
        case("unsampled-child", live, |spans| each(spans, sync)),
        case("unsampled-llm-call", live_with_baggage, |spans| {
            each(spans, call_model);
        }),
    ]
}

struct Stack {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
    latency: Histogram<f64>,
    input: Counter<u64>,
    output: Counter<u64>,
    /// Keeps the instruments alive.
    _meters: SdkMeterProvider,
}

static STACK: OnceLock<Stack> = OnceLock::new();

fn stack() -> &'static Stack {
    STACK.get().expect("`set_up` comes before any burst")
}

/// Sets providers of traces and metrics up that are nobody's global ones.
pub(crate) fn set_up(exporter: impl SpanExporter + 'static) {
    let provider = SdkTracerProvider::builder()
        .with_sampler(sampler())
        .with_batch_exporter(exporter)
        .build();
    let meters = SdkMeterProvider::builder()
        .with_reader(PeriodicReader::builder(MetricSink).build())
        .build();
    let meter = meters.meter("bench");
    let stack = Stack {
        tracer: provider.tracer("bench"),
        provider,
        latency: meter
            .f64_histogram("gen_ai.client.operation.duration")
            .build(),
        input: meter.u64_counter("gen_ai.client.token.input").build(),
        output: meter.u64_counter("gen_ai.client.token.output").build(),
        _meters: meters,
    };
    assert!(STACK.set(stack).is_ok(), "it is set up once");
}

fn flush() {
    stack().provider.force_flush().expect("the sink takes all");
}
