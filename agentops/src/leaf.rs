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
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaf {
    pub(crate) kind: Kind,
    pub(crate) keeps_content: bool,
    pub(crate) tick: u64,
}

impl Leaf {
    /// Begins a span that is sampled, and gives its record so far.
    #[inline]
    pub(crate) fn begin(
        identity: Identity,
        kind: Kind,
        keeps_content: bool,
        fields: impl Fn(&mut Cursor<'_>),
    ) -> (Self, Buffer) {
        let whole = Whole {
            identity,
            start: clock::now(),
            ..Whole::default()
        };
        let record = Buffer::fill(|out| {
            whole.write(out);
            fields(out);
        });
        let leaf = Self {
            kind,
            keeps_content,
            tick: whole.start,
        };
        (leaf, record)
    }

    /// Writes the span.
    #[inline]
    pub(crate) fn end(
        &self,
        record: &Buffer,
        updates: Option<Box<Updates>>,
        over: (u64, Reason),
        outcome: Outcome<'_>,
        closing: Option<&Closing>,
    ) {
        match (updates, outcome.plain_status()) {
            (None, Some(status)) => self.write(record, over, status, closing, |_| {}),
            (updates, _) => {
                let ending = Ending::new(updates, outcome);
                let write = |out: &mut Cursor<'_>| ending.write(out);
                self.write(record, over, ending.status(), closing, write);
            }
        }
    }

    #[inline]
    fn write(
        &self,
        record: &Buffer,
        (tick, reason): (u64, Reason),
        status: Status,
        closing: Option<&Closing>,
        ending: impl Fn(&mut Cursor<'_>),
    ) {
        let written = thread::append(|out| {
            out.bytes(record.as_bytes());
            Whole::complete(out, tick, status, reason);
            Closing::write(closing, self.kind, &ending, out);
        });
        if !written {
            pool::count_lost();
        }
    }
}
