//! The works annotated with the attributes of this crate.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use agentops::{Config, FlushReport, Guard};
use opentelemetry_sdk::trace::Sampler;

use super::body::{PROVIDER, Reply, body, each, each_async, each_tree, reply, suspend, ten};
use super::{Case, bare, nothing};

#[agentops::operation(fields(
    llm.model = model,
    llm.provider = PROVIDER,
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
fn sync(model: &str, tokens: i64, attempt: i64) -> i64 {
    body(model, tokens, attempt)
}

#[agentops::operation(fields(
    llm.model = model,
    llm.provider = PROVIDER,
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
async fn ready(model: &str, tokens: i64, attempt: i64) -> i64 {
    body(model, tokens, attempt)
}

#[agentops::operation(fields(
    llm.model = model,
    llm.provider = PROVIDER,
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
async fn suspended(model: &str, tokens: i64, attempt: i64) -> i64 {
    suspend().await;
    body(model, tokens, attempt)
}

#[agentops::operation(fields(
    llm.model = model,
    llm.provider = PROVIDER,
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
fn branch(model: &str, tokens: i64, attempt: i64) -> i64 {
    ten(model, tokens, sync)
}

#[agentops::operation(fields(
    llm.model = model,
    llm.provider = PROVIDER,
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
fn trunk(model: &str, tokens: i64, attempt: i64) -> i64 {
    ten(model, tokens, branch)
}

#[agentops::operation(leaf, fields(
    llm.model = model,
    llm.provider = PROVIDER,
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
fn leaf(model: &str, tokens: i64, attempt: i64) -> i64 {
    body(model, tokens, attempt)
}

#[agentops::llm_call(
    provider = "anthropic",
    model = model,
    usage = |reply| (reply.input_tokens, reply.output_tokens),
)]
fn call_model(model: &str, tokens: i64, attempt: i64) -> Reply {
    reply(model, tokens, attempt)
}

#[agentops::operation(args(model, tokens), fields(
    llm.model = model,
    llm.provider = PROVIDER,
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
fn captured(model: &str, tokens: i64, attempt: i64) -> i64 {
    body(model, tokens, attempt)
}

#[agentops::session(
    "bench",
    id = "3f0a6b1c-session",
    user = "u-7",
    baggage(tenant = "blue"),
    content = false
)]
fn live(run: &mut dyn FnMut()) {
    run();
}

fn case(work: &'static str, live: fn(&mut dyn FnMut()), burst: fn(u32)) -> Case {
    Case {
        work,
        stack: "agentops",
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
        case("leaf", live, |spans| each(spans, leaf)),
        case("llm-call", live, |spans| each(spans, call_model)),
    ]
}

/// Spans in a live session, for an exporter.
pub(crate) fn exported() -> Case {
    case("sync", live, |spans| each(spans, sync))
}

pub(crate) fn unsampled() -> Vec<Case> {
    vec![
        case("unsampled", bare, |spans| each(spans, sync)),
        case("unsampled-child", live, |spans| each(spans, sync)),
        case("unsampled-llm-call", live, |spans| each(spans, call_model)),
    ]
}

pub(crate) fn content() -> Vec<Case> {
    vec![case("content", live, |spans| each(spans, captured))]
}

static GUARD: Mutex<Option<Guard>> = Mutex::new(None);

/// Sets telemetry up, in place of what was.
pub(crate) fn set_up(config: Config) {
    tear_down();
    let guard = config.init().expect("nothing else is set up");
    *lock() = Some(guard);
}

/// A configuration for a spool in this directory, without content.
pub(crate) fn config(home: &Path) -> Config {
    Config::new()
        .service_name("bench")
        .home(home)
        .console(false)
        .capture_content(false)
}

/// The same where no root is sampled.
pub(crate) fn unsampled_config(home: &Path) -> Config {
    config(home).sampler(Sampler::AlwaysOff)
}

/// The same with content.
pub(crate) fn content_config(home: &Path) -> Config {
    config(home).capture_content(true)
}

/// Shuts telemetry down; says what became of it.
pub(crate) fn tear_down() -> Option<FlushReport> {
    lock().take().map(Guard::shutdown)
}

/// Waits until nothing is left in the spool or a minute has passed; says what became of all.
pub(crate) fn deliver() -> Option<FlushReport> {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let report = lock().as_ref().map(Guard::flush)?;
        let is_waiting = report.traces.spooled + report.traces.buffered > 0;
        if !is_waiting || Instant::now() >= deadline {
            return Some(report);
        }
    }
}

fn flush() {
    if let Some(guard) = &*lock() {
        guard.flush();
    }
}

fn lock() -> MutexGuard<'static, Option<Guard>> {
    GUARD.lock().unwrap_or_else(PoisonError::into_inner)
}
