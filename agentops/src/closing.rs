//! What a value says when its call ends: attributes and content.

use agentops_spool::record::cursor::Cursor;
use agentops_spool::site::Kind;
use opentelemetry::KeyValue;

use crate::content::Contents;
use crate::llm::sniff::Found;
use crate::values;

/// What a value says when its call ends.
///
/// It is written as it is: of two values of a key the reader takes the later one.
#[derive(Debug, Default)]
pub(crate) struct Closing {
    /// What a model's answer says, where the program did not set it.
    pub(crate) found: Option<Box<Found>>,
    /// What options said, whatever was set before.
    pub(crate) told: Vec<KeyValue>,
    /// Its content.
    pub(crate) contents: Contents,
}

impl Closing {
    /// Writes what gives way to what the program set.
    pub(crate) fn write_first(&self, out: &mut Cursor<'_>) {
        if let Some(found) = &self.found {
            found.write(out);
        }
    }

    /// Writes what wins over that, and the content.
    pub(crate) fn write_last(&self, kind: Kind, out: &mut Cursor<'_>) {
        for attribute in &self.told {
            out.attr(attribute.key.as_str());
            values::write_value(&attribute.value, out);
        }
        self.contents.write(kind, out);
    }
}
