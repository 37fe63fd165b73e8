//! OpenTelemetry's values into records, and out of them.

use std::time::{SystemTime, UNIX_EPOCH};

use agentops_spool::definition::SiteDef;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::field::{Field, FieldTag, Fields};
use agentops_spool::record::reader::Reader;
use agentops_spool::site::Site;
use opentelemetry::trace::{SpanContext, TraceState};
use opentelemetry::{Array, Key, KeyValue, StringValue, Value};

use crate::buffer::Buffer;
use crate::convert::to_value;
use crate::field;

/// The attributes that all spans of a site have.
pub(crate) fn constants(site: &SiteDef) -> impl Iterator<Item = KeyValue> {
    let attribute = |(key, value): (&str, _)| KeyValue::new(key.to_owned(), to_value(&value));
    site.constants().map(attribute)
}

/// The attributes among fields as they stand in a record.
pub(crate) fn attributes(site: &'static Site, fields: &[u8]) -> Vec<KeyValue> {
    let attribute = |field| {
        let (key, value) = match field {
            Field::SiteAttr(index, value) => (Key::from_static_str(site.key(index)?), value),
            Field::Attr(key, value) => (Key::new(key.to_owned()), value),
            _ => return None,
        };
        Some(KeyValue::new(key, to_value(&value)))
    };
    Fields::new(Reader::new(fields))
        .filter_map(attribute)
        .collect()
}

/// A value of the program's as one of OpenTelemetry's.
pub(crate) fn value_of(value: &impl field::Field) -> Option<Value> {
    if !value.is_some() {
        return None;
    }
    let written = Buffer::fill(|out| value.write(out));
    let value = Reader::new(written.as_bytes()).value();
    value.map(|value| to_value(&value))
}

pub(crate) fn write_link(to: &SpanContext, attributes: &[KeyValue], out: &mut Cursor<'_>) {
    out.link(
        to.trace_id().to_bytes(),
        to.span_id().to_bytes(),
        to.trace_flags().to_u8().into(),
        &to.trace_state().header(),
        count(attributes.len()),
    );
    write_pairs(attributes, out);
}

pub(crate) fn write_trace_state(state: &TraceState, out: &mut Cursor<'_>) {
    out.text_field(FieldTag::TraceState, &state.header());
}

/// Writes keys and values without field tags.
pub(crate) fn write_pairs(attributes: &[KeyValue], out: &mut Cursor<'_>) {
    for attribute in attributes.iter().take(usize::from(u16::MAX)) {
        out.text(attribute.key.as_str());
        write_value(&attribute.value, out);
    }
}

/// Writes a value of OpenTelemetry's.
pub(crate) fn write_value(value: &Value, out: &mut Cursor<'_>) {
    match value {
        Value::Bool(truth) => out.bool_value(*truth),
        Value::I64(number) => out.i64_value(*number),
        Value::F64(number) => out.f64_value(*number),
        Value::String(text) => out.str_value(text.as_str()),
        Value::Array(array) => write_array(array, out),
        other => out.fmt_value(format_args!("{other}")),
    }
}

fn write_array(array: &Array, out: &mut Cursor<'_>) {
    fn all<T>(values: &[T], out: &mut Cursor<'_>, write: impl Fn(&T, &mut Cursor<'_>)) {
        out.array_value(values.len());
        for value in values {
            write(value, out);
        }
    }
    match array {
        Array::Bool(values) => all(values, out, |value, out| out.bool_value(*value)),
        Array::I64(values) => all(values, out, |value, out| out.i64_value(*value)),
        Array::F64(values) => all(values, out, |value, out| out.f64_value(*value)),
        Array::String(values) => all(values, out, |value: &StringValue, out| {
            out.str_value(value.as_str());
        }),
        other => out.fmt_value(format_args!("{other}")),
    }
}

pub(crate) fn count(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}

pub(crate) fn unix_nanos(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}
