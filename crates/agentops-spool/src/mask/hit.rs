//! Secrets that were found in a text, and the text without them.

use std::ops::Range;

/// What stands in place of a secret.
pub(super) const MASK: &str = "[masked]";

/// A secret in a text.
#[derive(Debug)]
pub(super) struct Hit<'t> {
    pub(super) range: Range<usize>,
    /// What to put around the mask: a number in JSON becomes a text.
    pub(super) quote: &'t str,
}

/// `None` without hits; those are in order and do not overlap.
pub(super) fn replace(text: &str, hits: &[Hit<'_>]) -> Option<String> {
    if hits.is_empty() {
        return None;
    }
    let mut replaced = String::with_capacity(text.len());
    let mut kept = 0;
    for Hit { range, quote } in hits {
        replaced.push_str(&text[kept..range.start]);
        for part in [quote, MASK, quote] {
            replaced.push_str(part);
        }
        kept = range.end;
    }
    replaced.push_str(&text[kept..]);
    Some(replaced)
}
