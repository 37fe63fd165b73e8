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
    /// Writes it around what was set meanwhile, which `ending` writes: what a model's answer says
    /// gives way to that, what options said wins over it.
    #[inline]
    pub(crate) fn write(
        closing: Option<&Self>,
        kind: Kind,
        ending: impl Fn(&mut Cursor<'_>),
        out: &mut Cursor<'_>,
    ) {
        let found = closing.and_then(|closing| closing.found.as_ref());
        if let Some(found) = found {
            found.write(out);
        }
        ending(out);
        if let Some(closing) = closing {
            closing.write_last(kind, out);
        }
    }

    fn write_last(&self, kind: Kind, out: &mut Cursor<'_>) {
        for attribute in &self.told {
            out.attr(attribute.key.as_str());
            values::write_value(&attribute.value, out);
        }
        self.contents.write(kind, out);
    }
}
