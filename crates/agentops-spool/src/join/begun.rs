//! Starts of the chunk that is being read, whose ends are to come.
//!
//! A thread mostly ends its spans in the reverse order of their starts, so the
//! start of an end is the last one that is left. Nothing is copied for those.

use crate::record::field::Fields;
use crate::record::reader::Record;
use crate::record::write::Start;

/// Starts that are compared before all are put where they are found by their id.
const NEAR: usize = 8;

/// A start, where its thread wrote it.
#[derive(Debug)]
pub(super) struct BegunSpan<'a> {
    pub(super) record: Record<'a>,
    pub(super) start: Start,
    pub(super) fields: Fields<'a>,
}

/// Starts, the latest last.
#[derive(Debug, Default)]
pub(super) struct Begun<'a>(Vec<BegunSpan<'a>>);

impl<'a> Begun<'a> {
    /// Adds a start.
    pub(super) fn push(&mut self, record: Record<'a>) {
        if let Some((start, fields)) = Start::read(&record) {
            self.0.push(BegunSpan {
                record,
                start,
                fields,
            });
        }
    }

    /// Takes the start of a span if it is one of the latest.
    pub(super) fn take(&mut self, span_id: [u8; 8]) -> Option<BegunSpan<'a>> {
        let first = self.0.len().saturating_sub(NEAR);
        let is_it = |begun: &BegunSpan<'_>| begun.start.identity.span_id == span_id;
        let at = self.0[first..].iter().rposition(is_it)?;
        Some(self.0.remove(first + at))
    }

    /// Adds what was taken.
    pub(super) fn put_back(&mut self, taken: Option<BegunSpan<'a>>) {
        self.0.extend(taken);
    }

    /// Takes all of them.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = BegunSpan<'a>> {
        self.0.drain(..)
    }
}
