//! Read back the open spans that a journal kept as OTLP bodies.

use crate::otlp::span::field;
use crate::otlp::wire::{FieldValue, MessageFields};
use crate::record::write::{Identity, Start};

/// A span of a body, its fields still encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedSpan<'a> {
    /// Its ids; the tick is 0.
    pub start: Start,
    /// Its `session.id`, empty if it has none.
    pub session_id: &'a str,
    /// Its encoded fields.
    pub fields: &'a [u8],
}

/// The spans of a body, and its encoded resource.
#[must_use]
pub fn read(body: &[u8]) -> (Vec<EncodedSpan<'_>>, &[u8]) {
    let mut spans = Vec::new();
    let mut resource: &[u8] = &[];
    for resource_spans in children(body, 1) {
        resource = children(resource_spans, 1).next().unwrap_or_default();
        let of_scopes = children(resource_spans, 2).flat_map(|scope| children(scope, 2));
        spans.extend(of_scopes.filter_map(read_span));
    }
    (spans, resource)
}

fn children(message: &[u8], number: u32) -> impl Iterator<Item = &[u8]> {
    MessageFields::new(message)
        .filter(move |(field, _)| *field == number)
        .filter_map(|(_, value)| value.as_bytes())
}

fn read_span(fields: &[u8]) -> Option<EncodedSpan<'_>> {
    let mut identity = Identity::default();
    let mut session_id = "";
    for (number, value) in MessageFields::new(fields) {
        match (number, value) {
            (field::TRACE_ID, FieldValue::Bytes(id)) => identity.trace_id = id.try_into().ok()?,
            (field::SPAN_ID, FieldValue::Bytes(id)) => identity.span_id = id.try_into().ok()?,
            (field::PARENT_SPAN_ID, FieldValue::Bytes(id)) => {
                identity.parent_id = id.try_into().ok()?;
            }
            (field::ATTRIBUTES, FieldValue::Bytes(attribute)) => {
                session_id = session_of(attribute).unwrap_or(session_id);
            }
            _ => {}
        }
    }
    let start = Start { identity, tick: 0 };
    (identity.span_id != [0; 8]).then_some(EncodedSpan {
        start,
        session_id,
        fields,
    })
}

fn session_of(attribute: &[u8]) -> Option<&str> {
    let key = children(attribute, 1).next()?;
    if key != b"session.id" {
        return None;
    }
    let value = children(attribute, 2).next()?;
    std::str::from_utf8(children(value, 1).next()?).ok()
}
