//! Feed the metrics from spans that have ended.

use std::time::Duration;

use agentops_spool::record::value::Value;
use agentops_spool::site::Kind;
use agentops_spool::span::{Parts, Span};
use opentelemetry::KeyValue;

use crate::metrics::call::Call;
use crate::metrics::{self, Work};
use crate::semconv;

/// End states that a program does not make up; its own words would be dimensions without bound.
const END_STATES: &[&str] = &["Success", "Error", "Indeterminate", "Cancelled"];

/// Whether there is anything to count of such a span.
pub(crate) fn counts(parts: &Parts<'_>) -> bool {
    let is_never = parts.site.is_some_and(|site| site.measured.is_never);
    let is_of_none = matches!(
        parts.kind(),
        Kind::Foreign | Kind::Task | Kind::Operation | Kind::Guardrail
    );
    !is_never && !is_of_none
}

/// Counts a span, recorded or only measured.
pub(crate) fn count(span: &Span<'_>) {
    if span.site.is_some_and(|site| site.measured.is_never) {
        return;
    }
    match span.kind {
        Kind::LlmCall => count_call(span),
        Kind::Tool => count_work(span, Work::Tool, semconv::GEN_AI_TOOL_NAME),
        Kind::Agent => count_work(span, Work::Agent, semconv::GEN_AI_AGENT_NAME),
        Kind::Workflow => count_work(span, Work::Workflow, semconv::GEN_AI_WORKFLOW_NAME),
        Kind::Session => count_session(span),
        Kind::Foreign | Kind::Task | Kind::Operation | Kind::Guardrail => {}
    }
}

fn text<'a>(span: &Span<'a>, key: &str) -> Option<&'a str> {
    span.get(key).and_then(|value| value.as_str())
}

/// What the program adds to the dimensions, but for those that metrics have anyway.
fn dimensions(span: &Span<'_>) -> Vec<KeyValue> {
    let is_taken = |key: &String| {
        let is_ours = key == semconv::ERROR_TYPE || key == semconv::AGENTOPS_SESSION_END_STATE;
        is_ours || key.starts_with("gen_ai.")
    };
    let keys = span.site.map_or(&[][..], |site| site.dimensions());
    let keys = keys.iter().filter(|key| !is_taken(key));
    let value = |key: &String| Some(KeyValue::new(key.clone(), text(span, key)?.to_owned()));
    keys.filter_map(value).collect()
}

fn duration(span: &Span<'_>) -> Duration {
    Duration::from_nanos(span.nanos())
}

fn count_call(span: &Span<'_>) {
    let number = |key| span.get(key).and_then(|value| value.as_u64());
    metrics::current().record_call(&Call {
        duration: duration(span),
        first_chunk_secs: match span.get(semconv::GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK) {
            Some(Value::Float(secs)) => Some(secs),
            _ => None,
        },
        operation: text(span, semconv::GEN_AI_OPERATION_NAME),
        provider: text(span, semconv::GEN_AI_PROVIDER_NAME),
        request_model: text(span, semconv::GEN_AI_REQUEST_MODEL),
        response_model: text(span, semconv::GEN_AI_RESPONSE_MODEL),
        error_type: text(span, semconv::ERROR_TYPE),
        input_tokens: number(semconv::GEN_AI_USAGE_INPUT_TOKENS),
        output_tokens: number(semconv::GEN_AI_USAGE_OUTPUT_TOKENS),
        dimensions: dimensions(span),
    });
}

fn count_work(span: &Span<'_>, work: Work, name: &'static str) {
    let dimension = |key: &'static str| Some(KeyValue::new(key, text(span, key)?.to_owned()));
    let attributes: Vec<_> = [name, semconv::ERROR_TYPE]
        .into_iter()
        .filter_map(dimension)
        .chain(dimensions(span))
        .collect();
    metrics::current().record_work(work, duration(span), &attributes);
}

fn count_session(span: &Span<'_>) {
    let state = text(span, semconv::AGENTOPS_SESSION_END_STATE).unwrap_or_default();
    let state = END_STATES.iter().find(|known| **known == state);
    let state = state.copied().unwrap_or("Other");
    let mut attributes = dimensions(span);
    attributes.push(KeyValue::new(semconv::AGENTOPS_SESSION_END_STATE, state));
    metrics::current().record_work(Work::Session, duration(span), &attributes);
}
