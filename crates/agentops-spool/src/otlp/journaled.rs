//! Read back the open spans that a journal kept as OTLP bodies.

use crate::join::open::Journaled;
use crate::otlp::field;
use crate::otlp::wire::{FieldValue, MessageFields};
use crate::record::cursor::Cursor;
use crate::record::write::{Identity, Start};
use crate::site::Kind;
use crate::span::Session;

/// What all spans of a session have beside its id: who it works for ..
const USER: &str = "user.id";
/// .. and the words by which it is found.
const TAGS: &str = "agentops.tags";

/// A span of a body, its fields still encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedSpan<'a> {
    /// Its ids; the tick is 0.
    pub start: Start,
    /// What it is to the agent.
    pub kind: Kind,
    /// When it began, in nanoseconds since the Unix epoch.
    pub start_unix_nanos: u64,
    /// Its `session.id`, empty if it has none.
    pub session_id: &'a str,
    /// Its encoded fields.
    pub fields: &'a [u8],
}

impl EncodedSpan<'_> {
    /// The span as a join takes it, in session `session` of its process.
    #[must_use]
    pub fn to_open(&self, session: u32) -> Journaled {
        let mut start = self.start;
        start.identity.session = session;
        Journaled {
            start,
            kind: self.kind,
            start_unix_nanos: self.start_unix_nanos,
            fields: self.fields.to_vec(),
        }
    }

    /// Its session as far as the span tells of it, which its process called `index`.
    #[must_use]
    pub fn session(&self, index: u32) -> Session {
        let write = |out: &mut Cursor<'_>| {
            for attribute in children(self.fields, field::ATTRIBUTES) {
                let _ = write_told(attribute, out);
            }
        };
        let mut counted = Cursor::new(&mut []);
        write(&mut counted);
        let mut fields = vec![0; counted.len()];
        write(&mut Cursor::new(&mut fields));
        Session {
            index,
            id: self.session_id.to_owned(),
            fields,
            ..Session::default()
        }
    }
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

/// The ids of the spans of a body.
pub fn span_ids(body: &[u8]) -> impl Iterator<Item = [u8; 8]> {
    let scopes = children(body, 1).flat_map(|resource_spans| children(resource_spans, 2));
    let spans = scopes.flat_map(|scope_spans| children(scope_spans, 2));
    spans.filter_map(|span| children(span, field::SPAN_ID).next()?.try_into().ok())
}

fn children(message: &[u8], number: u32) -> impl Iterator<Item = &[u8]> {
    MessageFields::new(message)
        .filter(move |(field, _)| *field == number)
        .filter_map(|(_, value)| value.as_bytes())
}

fn read_span(fields: &[u8]) -> Option<EncodedSpan<'_>> {
    let mut identity = Identity::default();
    let mut session_id = "";
    let (mut kind, mut start_unix_nanos) = (Kind::Foreign, 0);
    for (number, value) in MessageFields::new(fields) {
        match (number, value) {
            (field::TRACE_ID, FieldValue::Bytes(id)) => identity.trace_id = id.try_into().ok()?,
            (field::SPAN_ID, FieldValue::Bytes(id)) => identity.span_id = id.try_into().ok()?,
            (field::PARENT_SPAN_ID, FieldValue::Bytes(id)) => {
                identity.parent_id = id.try_into().ok()?;
            }
            (field::ATTRIBUTES, FieldValue::Bytes(attribute)) => match text_attribute(attribute) {
                Some(("session.id", id)) => session_id = id,
                Some(("agentops.span.kind", name)) => kind = Kind::from_name(name),
                _ => {}
            },
            (field::START, FieldValue::Fixed64(nanos)) => start_unix_nanos = nanos,
            _ => {}
        }
    }
    let start = Start { identity, tick: 0 };
    // One without an id tells of its session only.
    let tells = identity.span_id != [0; 8] || !session_id.is_empty();
    tells.then_some(EncodedSpan {
        start,
        kind,
        start_unix_nanos,
        session_id,
        fields,
    })
}

/// Writes the attribute as a field of a record, if it is one that all spans of a session have.
fn write_told(attribute: &[u8], out: &mut Cursor<'_>) -> Option<()> {
    let key = key_of(attribute)?;
    let value = children(attribute, 2).next()?;
    match key {
        USER => {
            let user = text_of(value)?;
            out.attr(key);
            out.str_value(user);
        }
        TAGS => {
            let tags: Vec<&str> = children(value, 5)
                .flat_map(|array| children(array, 1))
                .filter_map(text_of)
                .collect();
            out.attr(key);
            out.array_value(tags.len());
            for tag in tags {
                out.str_value(tag);
            }
        }
        _ => {}
    }
    Some(())
}

/// Key and value of an attribute whose value is text.
fn text_attribute(attribute: &[u8]) -> Option<(&str, &str)> {
    let value = children(attribute, 2).next()?;
    Some((key_of(attribute)?, text_of(value)?))
}

fn key_of(attribute: &[u8]) -> Option<&str> {
    std::str::from_utf8(children(attribute, 1).next()?).ok()
}

/// The text of an `AnyValue`.
fn text_of(value: &[u8]) -> Option<&str> {
    std::str::from_utf8(children(value, 1).next()?).ok()
}
