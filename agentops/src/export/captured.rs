//! Spans that a test captured.

use agentops_spool::record::value::Value as RecordValue;
use agentops_spool::record::{Reason, Status};
use agentops_spool::span::Span;
use opentelemetry::Value;

use crate::convert::to_value;
use crate::semconv;

/// A span, with everything that would have been exported.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CapturedSpan {
    /// Its name.
    pub name: String,
    /// What it is to the agent: `session`, `llm_call`, ..; empty for spans of other code.
    pub kind: &'static str,
    /// Its trace.
    pub trace_id: u128,
    /// Its id.
    pub span_id: u64,
    /// Its parent's id, 0 for a root.
    pub parent_id: u64,
    /// Keys and values, captured arguments and results among them.
    pub attributes: Vec<(String, Value)>,
    /// Names of its events.
    pub events: Vec<String>,
    /// How it ended: `ok`, `error`, `unset`, `panicked` or `cancelled`.
    pub status: &'static str,
    /// Why it failed.
    pub message: String,
    /// When it began, in nanoseconds since the Unix epoch.
    pub start_nanos: u64,
    /// When it ended, in nanoseconds since the Unix epoch.
    pub end_nanos: u64,
}

impl CapturedSpan {
    /// The value of attribute `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let found = self.attributes.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value)
    }

    /// The text of attribute `key`.
    pub fn str(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Value::String(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The whole number of attribute `key`.
    pub fn int(&self, key: &str) -> Option<i64> {
        match self.get(key)? {
            Value::I64(number) => Some(*number),
            _ => None,
        }
    }
}

impl From<&Span<'_>> for CapturedSpan {
    fn from(span: &Span<'_>) -> Self {
        let owned = |(key, value): &(&str, RecordValue<'_>)| ((*key).to_owned(), to_value(value));
        let attributes = span.attributes.iter().map(owned);
        let contents = span.contents.iter().map(|(key, text)| {
            let text = text.clone().into_owned();
            ((*key).to_owned(), Value::String(text.into()))
        });
        Self {
            name: span.name.clone().into_owned(),
            kind: span.kind.as_str(),
            trace_id: u128::from_be_bytes(span.identity.trace_id),
            span_id: u64::from_be_bytes(span.identity.span_id),
            parent_id: u64::from_be_bytes(span.identity.parent_id),
            attributes: attributes.chain(contents).collect(),
            events: {
                let own = span.events.iter().map(|event| event.name);
                let error = span.error.as_ref().map(|_| semconv::EXCEPTION);
                own.chain(error).map(str::to_owned).collect()
            },
            status: match (span.reason, span.status) {
                (Reason::Panicked, _) => "panicked",
                (Reason::Cancelled, _) => "cancelled",
                (_, Status::Ok) => "ok",
                (_, Status::Error) => "error",
                (_, Status::Unset) => "unset",
            },
            message: span.message.clone().into_owned(),
            start_nanos: span.start,
            end_nanos: span.end,
        }
    }
}
