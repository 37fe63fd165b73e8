//! Spans of tiny functions: one record, never current.

use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::write::{Identity, Whole};
use agentops_spool::record::{Reason, Status};
use agentops_spool::site::Kind;
use agentops_spool::{clock, pool, thread};

use crate::buffer::Buffer;
use crate::closing::Closing;
use crate::ending::Ending;
use crate::outcome::Outcome;
use crate::updates::Updates;

/// A leaf span that has begun and not ended.
///
/// Its record waits until then: the body may move what its fields were read from.
#[derive(Debug)]
pub(crate) struct Leaf {
    pub(crate) kind: Kind,
    pub(crate) keeps_content: bool,
    pub(crate) tick: u64,
    /// What its value tells, in a box, since most have nothing of it.
    pub(crate) updates: Option<Box<Updates>>,
    record: Buffer,
}

impl Leaf {
    /// Begins a span that is sampled.
    #[inline]
    pub(crate) fn begin(
        identity: Identity,
        kind: Kind,
        keeps_content: bool,
        fields: impl Fn(&mut Cursor<'_>),
    ) -> Self {
        let whole = Whole {
            identity,
            start: clock::now(),
            ..Whole::default()
        };
        Self {
            kind,
            keeps_content,
            tick: whole.start,
            updates: None,
            record: Buffer::fill(|out| {
                whole.write(out);
                fields(out);
            }),
        }
    }

    /// Writes the span.
    #[inline]
    pub(crate) fn end(
        &mut self,
        tick: u64,
        reason: Reason,
        outcome: Outcome<'_>,
        closing: Option<&Closing>,
    ) {
        match outcome.plain_status() {
            Some(status) if self.updates.is_none() => {
                self.write(tick, reason, status, closing, |_| {});
            }
            _ => self.end_with_more(tick, reason, outcome, closing),
        }
    }

    fn end_with_more(
        &mut self,
        tick: u64,
        reason: Reason,
        outcome: Outcome<'_>,
        closing: Option<&Closing>,
    ) {
        let ending = Ending::new(self.updates.take(), outcome);
        let write = |out: &mut Cursor<'_>| ending.write(out);
        self.write(tick, reason, ending.status(), closing, write);
    }

    #[inline]
    fn write(
        &self,
        tick: u64,
        reason: Reason,
        status: Status,
        closing: Option<&Closing>,
        ending: impl Fn(&mut Cursor<'_>),
    ) {
        let written = thread::append(|out| {
            out.bytes(self.record.as_bytes());
            Whole::complete(out, tick, status, reason);
            Closing::write(closing, self.kind, &ending, out);
        });
        if !written {
            pool::count_lost();
        }
    }
}
