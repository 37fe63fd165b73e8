//! What is written at the end of a span: updates made meanwhile, and the outcome.

use std::borrow::Cow;
use std::time::SystemTime;

use agentops_spool::record::Status;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::field::FieldTag;
use opentelemetry::{KeyValue, trace};

use crate::outcome::{Outcome, words};
use crate::updates::Updates;
use crate::{semconv, values};

/// The `error.type` of what failed without an error, by OpenTelemetry's conventions.
const OTHER: &str = "_OTHER";

/// Everything an end record says besides ids and time.
#[derive(Debug, Default)]
pub(crate) struct Ending {
    updates: Box<Updates>,
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
    pub(crate) fn new(updates: Option<Box<Updates>>, outcome: Outcome<'_>) -> Self {
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
                    unix_nanos: values::unix_nanos(SystemTime::now()),
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
            values::write_value(&attribute.value, out);
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
            out.event(
                values::unix_nanos(*time),
                name,
                values::count(attributes.len()),
            );
            values::write_pairs(attributes, out);
        }
        for (to, attributes) in &updates.links {
            values::write_link(to, attributes, out);
        }
        if updates.dropped != [0; 3] {
            out.dropped(updates.dropped);
        }
    }
}
