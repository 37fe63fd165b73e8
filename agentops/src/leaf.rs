//! Spans of tiny functions: one record, never current.

use agentops_spool::record::Reason;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::write::{Identity, Whole};
use agentops_spool::site::Kind;
use agentops_spool::{clock, pool, thread};

use crate::content::Contents;
use crate::outcome::Outcome;
use crate::slot::Updates;
use crate::update::{self, Ending};

/// A leaf span that has begun and not ended.
///
/// Nothing is written before its end, so its fields wait here: the body may move
/// what they were read from.
#[derive(Debug)]
pub(crate) struct Leaf {
    pub(crate) identity: Identity,
    pub(crate) kind: Kind,
    pub(crate) tick: u64,
    pub(crate) keeps_content: bool,
    /// What its value tells, in a box, since most have nothing of it.
    pub(crate) updates: Option<Box<Updates>>,
    fields: Vec<u8>,
}

impl Leaf {
    /// Begins a span that is sampled.
    pub(crate) fn begin(
        identity: Identity,
        kind: Kind,
        keeps_content: bool,
        fields: impl Fn(&mut Cursor<'_>),
    ) -> Self {
        Self {
            fields: update::encode(fields),
            identity,
            kind,
            keeps_content,
            updates: None,
            tick: clock::now(),
        }
    }

    /// Writes the span.
    pub(crate) fn end(self, tick: u64, reason: Reason, outcome: Outcome<'_>, contents: &Contents) {
        let ending = Ending::new(self.updates.map(|updates| *updates), outcome);
        let whole = Whole {
            identity: self.identity,
            start: self.tick,
            end: tick,
            status: ending.status(),
            reason,
            ..Whole::default()
        };
        let written = thread::append(|out| {
            whole.write(out);
            out.bytes(&self.fields);
            ending.write(out);
            contents.write(self.kind, out);
        });
        if !written {
            pool::count_lost();
        }
    }
}
