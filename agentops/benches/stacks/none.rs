//! The works without instrumentation, which are subtracted from the others.

use super::body::{Reply, body, each, each_async, each_tree, reply, suspend, ten};
use super::{Case, bare, nothing};

#[inline(never)]
fn sync(model: &str, tokens: i64, attempt: i64) -> i64 {
    body(model, tokens, attempt)
}

async fn ready(model: &str, tokens: i64, attempt: i64) -> i64 {
    body(model, tokens, attempt)
}

async fn suspended(model: &str, tokens: i64, attempt: i64) -> i64 {
    suspend().await;
    body(model, tokens, attempt)
}

#[inline(never)]
fn branch(model: &str, tokens: i64, _attempt: i64) -> i64 {
    ten(model, tokens, sync)
}

#[inline(never)]
fn trunk(model: &str, tokens: i64, _attempt: i64) -> i64 {
    ten(model, tokens, branch)
}

#[inline(never)]
fn call_model(model: &str, tokens: i64, attempt: i64) -> Reply {
    reply(model, tokens, attempt)
}

fn case(work: &'static str, burst: fn(u32)) -> Case {
    Case {
        work,
        stack: "none",
        live: bare,
        burst,
        flush: nothing,
    }
}

pub(crate) fn disabled() -> Vec<Case> {
    vec![case("disabled", |spans| each(spans, sync))]
}

/// The calls alone, for no exporter.
pub(crate) fn exported() -> Case {
    case("sync", |spans| each(spans, sync))
}

pub(crate) fn recorded() -> Vec<Case> {
    vec![
        case("sync", |spans| each(spans, sync)),
        case("async", |spans| each_async(spans, &ready)),
        case("async-suspend", |spans| each_async(spans, &suspended)),
        case("tree", |spans| each_tree(spans, trunk)),
        case("two-threads", |spans| each(spans, sync)),
        case("leaf", |spans| each(spans, sync)),
        case("llm-call", |spans| each(spans, call_model)),
    ]
}

pub(crate) fn unsampled() -> Vec<Case> {
    vec![
        case("unsampled", |spans| each(spans, sync)),
        case("unsampled-child", |spans| each(spans, sync)),
        case("unsampled-llm-call", |spans| each(spans, call_model)),
    ]
}

pub(crate) fn content() -> Vec<Case> {
    vec![case("content", |spans| each(spans, sync))]
}
