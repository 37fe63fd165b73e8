//! The works annotated with `tracing::instrument`, below tracing-opentelemetry.

use std::sync::OnceLock;

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::{SdkTracerProvider, SpanExporter};
use tracing::instrument;
use tracing_subscriber::Registry;
use tracing_subscriber::layer::SubscriberExt as _;

use super::body::{PROVIDER, body, each, each_async, each_tree, suspend, ten};
use super::sampler::sampler;
use super::{Case, bare, nothing};

#[instrument(skip_all, fields(
    llm.model = model,
    llm.provider = PROVIDER,
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
fn sync(model: &str, tokens: i64, attempt: i64) -> i64 {
    body(model, tokens, attempt)
}

#[instrument(skip_all, fields(
    llm.model = model,
    llm.provider = PROVIDER,
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
async fn ready(model: &str, tokens: i64, attempt: i64) -> i64 {
    body(model, tokens, attempt)
}

#[instrument(skip_all, fields(
    llm.model = model,
    llm.provider = PROVIDER,
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
async fn suspended(model: &str, tokens: i64, attempt: i64) -> i64 {
    suspend().await;
    body(model, tokens, attempt)
}

#[instrument(skip_all, fields(
    llm.model = model,
    llm.provider = PROVIDER,
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
fn branch(model: &str, tokens: i64, attempt: i64) -> i64 {
    ten(model, tokens, sync)
}

#[instrument(skip_all, fields(
    llm.model = model,
    llm.provider = PROVIDER,
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
fn trunk(model: &str, tokens: i64, attempt: i64) -> i64 {
    ten(model, tokens, branch)
}

#[instrument(skip_all)]
fn live(run: &mut dyn FnMut()) {
    run();
}

fn case(work: &'static str, live: fn(&mut dyn FnMut()), burst: fn(u32)) -> Case {
    Case {
        work,
        stack: "tracing-otel",
        live,
        burst,
        flush,
    }
}

pub(crate) fn disabled() -> Vec<Case> {
    vec![Case {
        flush: nothing,
        ..case("disabled", bare, |spans| each(spans, sync))
    }]
}

pub(crate) fn recorded() -> Vec<Case> {
    vec![
        exported(),
        case("async", live, |spans| each_async(spans, &ready)),
        case("async-suspend", live, |spans| each_async(spans, &suspended)),
        case("tree", bare, |spans| each_tree(spans, trunk)),
        case("two-threads", live, |spans| each(spans, sync)),
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
    ]
}

static PROVIDER_OF_SPANS: OnceLock<SdkTracerProvider> = OnceLock::new();

/// Sets the program's subscriber; nothing but these works makes spans of `tracing`.
pub(crate) fn set_up(exporter: impl SpanExporter + 'static) {
    let provider = SdkTracerProvider::builder()
        .with_sampler(sampler())
        .with_batch_exporter(exporter)
        .build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("bench"));
    tracing::subscriber::set_global_default(Registry::default().with(layer))
        .expect("nothing else sets a subscriber");
    assert!(PROVIDER_OF_SPANS.set(provider).is_ok(), "it is set up once");
}

fn flush() {
    let provider = PROVIDER_OF_SPANS.get().expect("`set_up` comes first");
    provider.force_flush().expect("the sink takes all");
}
