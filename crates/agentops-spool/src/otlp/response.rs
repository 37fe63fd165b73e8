//! Read what a collector answered with status 200.

use crate::otlp::wire::{FieldValue, MessageFields};

/// Characters of a message that are kept; it is shown to a person.
const MAX_MESSAGE: usize = 200;

/// What a collector refused of a request that it took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartialSuccess {
    /// Spans, data points or log records refused.
    pub rejected: u64,
    /// Why, in the collector's words, without control characters and cut.
    pub message: String,
}

/// Reads an `Export*ServiceResponse`; all three have the same fields.
#[must_use]
pub fn partial_success(body: &[u8]) -> PartialSuccess {
    let mut found = PartialSuccess::default();
    for (number, value) in MessageFields::new(body) {
        let (1, FieldValue::Bytes(partial)) = (number, value) else {
            continue;
        };
        for (number, value) in MessageFields::new(partial) {
            match (number, value) {
                (1, FieldValue::Varint(rejected)) => found.rejected = rejected,
                (2, FieldValue::Bytes(text)) => {
                    let text = String::from_utf8_lossy(text);
                    let printable = text.chars().filter(|c| !c.is_control());
                    found.message = printable.take(MAX_MESSAGE).collect();
                }
                _ => {}
            }
        }
    }
    found
}
