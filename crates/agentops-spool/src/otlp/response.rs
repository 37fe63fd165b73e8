//! Read what a collector answered with status 200.

use crate::otlp::wire::{FieldValue, MessageFields};

/// What a collector refused of a request that it took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartialSuccess {
    /// Spans, data points or log records refused.
    pub rejected: u64,
    /// Why, in the collector's words.
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
                    found.message = String::from_utf8_lossy(text).into_owned();
                }
                _ => {}
            }
        }
    }
    found
}
