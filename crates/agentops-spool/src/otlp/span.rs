//! Encode a span as the protobuf message `opentelemetry.proto.trace.v1.Span`.

use crate::otlp::attribute::attribute;
use crate::otlp::field;
use crate::otlp::wire::{FieldValue, MessageFields, Writer};
use crate::record::Status;
use crate::record::field::{Event, Link};
use crate::record::value::Value;
use crate::record::write::Identity;
use crate::span::{Failure, Session, Span};

/// Flag bit of spans and links: the next bit is known.
const HAS_IS_REMOTE: u32 = 0x100;
/// Flag bit: the parent lives in another process.
const IS_REMOTE: u32 = 0x200;

/// Attribute that names the session.
const SESSION_ID: &str = "session.id";

/// Writes the fields of `span`.
pub fn encode(span: &Span<'_>, out: &mut Writer) {
    if span.encoded_start.is_empty() {
        encode_start(span, out);
    } else {
        encode_kept(span, out);
    }
    out.fixed64(field::END, span.end);
    for (key, value) in &span.attributes {
        attribute(field::ATTRIBUTES, key, value, out);
    }
    for (key, text) in &span.contents {
        attribute(field::ATTRIBUTES, key, &Value::Str(text), out);
    }
    out.uint(field::DROPPED_ATTRIBUTES, span.dropped[0].into());
    for event in &span.events {
        out.message(field::EVENTS, |out| encode_event(event, out));
    }
    if let Some(error) = &span.error {
        out.message(field::EVENTS, |out| encode_exception(error, out));
    }
    out.uint(field::DROPPED_EVENTS, span.dropped[1].into());
    for link in &span.links {
        out.message(field::LINKS, |out| encode_link(link, out));
    }
    out.uint(field::DROPPED_LINKS, span.dropped[2].into());
    if span.status != Status::Unset || !span.message.is_empty() {
        out.message(field::STATUS, |out| {
            out.text(2, &span.message);
            out.uint(3, span.status as u64);
        });
    }
}

/// Writes what another process encoded, but for what is known better since: no key comes twice.
fn encode_kept(span: &Span<'_>, out: &mut Writer) {
    for (number, value) in MessageFields::new(span.encoded_start) {
        let is_replaced = match (number, value) {
            (field::NAME, _) => !span.name.is_empty(),
            (field::ATTRIBUTES, FieldValue::Bytes(attribute)) => {
                key_of(attribute).is_some_and(|key| span.has(key))
            }
            _ => false,
        };
        if !is_replaced {
            out.field(number, value);
        }
    }
    out.text(field::NAME, &span.name);
    let is_kept = |key| {
        let attributes = MessageFields::new(span.encoded_start)
            .filter(|(number, _)| *number == field::ATTRIBUTES)
            .filter_map(|(_, value)| value.as_bytes());
        attributes.filter_map(key_of).any(|kept| kept == key)
    };
    // The start may have been encoded before its session was seen.
    let session_id = span.session.map_or("", |session| &session.id);
    if !session_id.is_empty() && !span.has(SESSION_ID) && !is_kept(SESSION_ID) {
        attribute(field::ATTRIBUTES, SESSION_ID, &Value::Str(session_id), out);
    }
    // The session may have got them after the start was encoded.
    for (key, value) in span.session.into_iter().flat_map(Session::attributes) {
        if !span.has(key) && !is_kept(key) {
            attribute(field::ATTRIBUTES, key, &value, out);
        }
    }
}

fn key_of(attribute: &[u8]) -> Option<&str> {
    let (_, key) = MessageFields::new(attribute).find(|(number, _)| *number == 1)?;
    std::str::from_utf8(key.as_bytes()?).ok()
}

fn encode_start(span: &Span<'_>, out: &mut Writer) {
    let identity = &span.identity;
    out.bytes(field::TRACE_ID, &identity.trace_id);
    out.bytes(field::SPAN_ID, &identity.span_id);
    out.text(field::TRACE_STATE, span.trace_state);
    if identity.parent_id != [0; 8] {
        out.bytes(field::PARENT_SPAN_ID, &identity.parent_id);
    }
    out.text(field::NAME, &span.name);
    out.uint(field::KIND, span.span_kind.into());
    out.fixed64(field::START, span.start);
    out.fixed32(field::FLAGS, flags(identity));
}

/// The flags of a span: those of its trace, and where its parent lives.
pub(crate) fn flags(identity: &Identity) -> u32 {
    let remote = match identity.parent_remote {
        true => IS_REMOTE,
        false => 0,
    };
    HAS_IS_REMOTE | remote | u32::from(identity.trace_flags)
}

fn encode_event(event: &Event<'_>, out: &mut Writer) {
    out.fixed64(1, event.unix_nanos);
    out.text(2, event.name);
    for (key, value) in &event.attributes {
        attribute(3, key, value, out);
    }
    out.uint(4, event.dropped.into());
}

/// Writes an error as the event by which OpenTelemetry's conventions tell of one.
fn encode_exception(error: &Failure<'_>, out: &mut Writer) {
    out.fixed64(1, error.unix_nanos);
    out.text(2, "exception");
    attribute(3, "exception.type", &Value::Str(error.type_name), out);
    if !error.words.is_empty() {
        attribute(3, "exception.message", &Value::Str(&error.words), out);
    }
}

fn encode_link(link: &Link<'_>, out: &mut Writer) {
    out.bytes(1, &link.trace_id);
    out.bytes(2, &link.span_id);
    out.text(3, link.trace_state);
    for (key, value) in &link.attributes {
        attribute(4, key, value, out);
    }
    out.uint(5, link.dropped.into());
    out.fixed32(6, link.flags);
}

/// The protobuf message `Resource` with these attributes.
#[must_use]
pub fn resource<'a>(attributes: impl Iterator<Item = (&'a str, Value<'a>)>) -> Vec<u8> {
    let mut out = Writer::default();
    for (key, value) in attributes {
        attribute(1, key, &value, &mut out);
    }
    out.into_bytes()
}
