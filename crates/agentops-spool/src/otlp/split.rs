//! Halve a request body, down to the one record in it that is refused.
//!
//! A record is a span, a log record or a data point. Whatever a half keeps of
//! the records keeps all that is around them: resource, scope, metric, and
//! fields that are not known here. What holds no record at all is left out.
//!
//! ```text
//! request > ResourceSpans > ScopeSpans > Span
//! request > ResourceLogs > ScopeLogs > LogRecord
//! request > ResourceMetrics > ScopeMetrics > Metric > Gauge, Sum, .. > data point
//! ```

use std::borrow::Cow;
use std::ops::Range;

use crate::otlp::wire::{MessageFields, Writer};
use crate::segment::format::Signal;

/// The fields that lead to the records, from the outermost message inwards.
type Levels = &'static [&'static [u32]];

/// Of traces and logs: resources, scopes, records.
const PLAIN: Levels = &[&[1], &[2], &[2]];

/// Of metrics, whose data points stand in one of five kinds of data.
const POINTS: Levels = &[&[1], &[2], &[2], &[5, 7, 9, 10, 11], &[1]];

/// A body, or a part of one that is a body too.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    bytes: Cow<'a, [u8]>,
    records: usize,
    levels: Levels,
}

impl<'a> Part<'a> {
    /// The whole of `body`; `None` if it is damaged down to its records.
    #[must_use]
    pub fn whole(signal: Signal, body: &'a [u8]) -> Option<Self> {
        let levels = match signal {
            Signal::Traces | Signal::Logs => PLAIN,
            Signal::Metrics => POINTS,
        };
        Some(Self {
            bytes: Cow::Borrowed(body),
            records: count(body, levels)?,
            levels,
        })
    }

    /// The request body.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many records it holds.
    #[must_use]
    pub fn records(&self) -> usize {
        self.records
    }

    /// The first half of the records and the rest; `None` if there are not two.
    #[must_use]
    pub fn halves(&self) -> Option<(Part<'static>, Part<'static>)> {
        if self.records < 2 {
            return None;
        }
        let half = self.records.div_ceil(2);
        Some((self.copy(0..half), self.copy(half..self.records)))
    }

    fn copy(&self, range: Range<usize>) -> Part<'static> {
        let mut out = Writer::default();
        copy(&self.bytes, self.levels, &range, 0, &mut out);
        Part {
            bytes: Cow::Owned(out.into_bytes()),
            records: range.len(),
            levels: self.levels,
        }
    }
}

/// Records in a message; `None` if it is damaged.
fn count(message: &[u8], levels: Levels) -> Option<usize> {
    let Some((fields, below)) = levels.split_first() else {
        // What a record says is not looked at.
        return Some(1);
    };
    let mut records = 0;
    let mut found = MessageFields::new(message);
    for (number, value) in found.by_ref() {
        if fields.contains(&number) {
            records += count(value.as_bytes()?, below)?;
        }
    }
    (!found.is_damaged()).then_some(records)
}

/// Copies a message with those of its records that are in `range`; its first one is number `first`.
fn copy(message: &[u8], levels: Levels, range: &Range<usize>, first: usize, out: &mut Writer) {
    let Some((fields, below)) = levels.split_first() else {
        return;
    };
    let mut next = first;
    for (number, value) in MessageFields::new(message) {
        let child = value.as_bytes().filter(|_| fields.contains(&number));
        let Some(child) = child else {
            out.field(number, value);
            continue;
        };
        let first = next;
        next += count(child, below).unwrap_or(0);
        if range.start <= first && next <= range.end {
            // All of it, unless there is nothing in it.
            if first < next {
                out.bytes(number, child);
            }
        } else if first < range.end && range.start < next {
            out.message(number, |out| copy(child, below, range, first, out));
        }
    }
}
