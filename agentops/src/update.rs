//! What is written at the end of a span: updates made meanwhile, and the outcome.

use std::borrow::Cow;
use std::time::{SystemTime, UNIX_EPOCH};

use agentops_spool::record::Status;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::field::{Field, FieldTag, Fields};
use agentops_spool::record::reader::Reader;
use agentops_spool::site::Site;
use opentelemetry::trace::{self, SpanContext, TraceState};
use opentelemetry::{Array, Key, KeyValue, StringValue, Value};

use crate::convert::to_value;
use crate::field;
use crate::outcome::{Outcome, words};
use crate::semconv;
use crate::slot::{SlotRef, Updates};

/// The `error.type` of what failed without an error, by OpenTelemetry's conventions.
const OTHER: &str = "_OTHER";

/// Everything an end record says besides ids and time.
#[derive(Debug, Default)]
pub(crate) struct Ending {
    updates: Updates,
    status: Status,
    /// Why, in the program's own words.
    message: Cow<'static, str>,
    error: Option<Failure>,
}

/// An error that the function returned.
#[derive(Debug)]
struct Failure {
    unix_nanos: u64,
    type_name: String,
    words: String,
}

impl Ending {
    /// Puts updates and outcome together. An `Err` wins over a status set by hand.
    pub(crate) fn new(updates: Option<Updates>, outcome: Outcome<'_>) -> Self {
        let mut ending = Self {
            updates: updates.unwrap_or_default(),
            ..Self::default()
        };
        match std::mem::take(&mut ending.updates.status) {
            trace::Status::Unset => {}
            trace::Status::Ok => ending.status = Status::Ok,
            trace::Status::Error { description } => {
                ending.status = Status::Error;
                ending.message = description;
            }
        }
        match outcome {
            Outcome::Ok if ending.status == Status::Unset => ending.status = Status::Ok,
            Outcome::Ok | Outcome::Unknown => {}
            Outcome::Err { type_name, message } => {
                ending.status = Status::Error;
                ending.error = Some(Failure {
                    unix_nanos: unix_nanos(SystemTime::now()),
                    type_name: type_name.to_owned(),
                    words: words(message),
                });
            }
            Outcome::Failed(why) => {
                ending.status = Status::Error;
                ending.message = Cow::Borrowed(why);
                let error_type = KeyValue::new(semconv::ERROR_TYPE, OTHER);
                ending.updates.set_default(error_type);
            }
        }
        ending
    }

    pub(crate) fn status(&self) -> Status {
        self.status
    }

    /// Writes the fields of the record.
    pub(crate) fn write(&self, out: &mut Cursor<'_>) {
        let updates = &self.updates;
        for attribute in &updates.attributes {
            out.attr(attribute.key.as_str());
            write_value(&attribute.value, out);
        }
        if let Some(name) = &updates.name {
            out.text_field(FieldTag::Name, name);
        }
        match &self.error {
            Some(error) => out.error(error.unix_nanos, &error.type_name, &error.words),
            None if self.message.is_empty() => {}
            None => out.text_field(FieldTag::Message, &self.message),
        }
        for (time, name, attributes) in &updates.events {
            out.event(unix_nanos(*time), name, count(attributes.len()));
            write_pairs(attributes, out);
        }
        for (to, attributes) in &updates.links {
            write_link(to, attributes, out);
        }
        if updates.dropped != [0; 3] {
            out.dropped(updates.dropped);
        }
    }
}

/// Fields as they stand in a record, for one that is written later.
pub(crate) fn encode(fields: impl Fn(&mut Cursor<'_>)) -> Vec<u8> {
    let mut bytes = vec![0; 1024];
    let mut out = Cursor::new(&mut bytes);
    fields(&mut out);
    let mut len = out.len();
    if !out.fits() {
        bytes.resize(len, 0);
        let mut out = Cursor::new(&mut bytes);
        fields(&mut out);
        // The program's own values may write more the second time.
        len = if out.fits() { out.len() } else { 0 };
    }
    bytes.truncate(len);
    bytes
}

/// Keeps the fields of a call that is counted and not recorded.
pub(crate) fn keep(slot: SlotRef, site: &'static Site, fields: impl Fn(&mut Cursor<'_>)) {
    let bytes = encode(fields);
    for field in Fields::new(Reader::new(&bytes)) {
        let (key, value) = match field {
            Field::SiteAttr(index, value) => match site.key(index) {
                Some(key) => (Key::from_static_str(key), value),
                None => continue,
            },
            Field::Attr(key, value) => (Key::new(key.to_owned()), value),
            _ => continue,
        };
        let value = to_value(&value);
        slot.update(|updates| updates.set(KeyValue::new(key, value)));
    }
}

/// A value of the program's as one of OpenTelemetry's.
pub(crate) fn value_of(value: &impl field::Field) -> Option<Value> {
    if !value.is_some() {
        return None;
    }
    let bytes = encode(|out| value.write(out));
    Reader::new(&bytes).value().map(|value| to_value(&value))
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

fn count(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}

pub(crate) fn unix_nanos(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}
