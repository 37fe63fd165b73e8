//! Spans that began and whose end did not come yet.

use crate::clock::Anchor;
use crate::join::open::{Abandoned, Open};
use crate::join::{Join, PATIENCE, Sink};
use crate::record::write::End;
use crate::record::{Reason, Status};

impl Join {
    /// Hands every open span that the journal does not hold to `sink`, with an end of 0.
    pub fn journal(&mut self, anchor: Anchor, sink: &mut impl Sink) {
        let mut new = Vec::new();
        for (&span_id, open) in &mut self.open {
            if open.set_journaled() {
                new.push(span_id);
            }
        }
        self.show_open(&new, anchor, sink);
    }

    /// Hands every open span to `sink`, with an end of 0.
    pub fn journal_again(&mut self, anchor: Anchor, sink: &mut impl Sink) {
        for open in self.open.values_mut() {
            open.set_journaled();
        }
        let all: Vec<_> = self.open.keys().copied().collect();
        self.show_open(&all, anchor, sink);
    }

    fn show_open(&mut self, span_ids: &[[u8; 8]], anchor: Anchor, sink: &mut impl Sink) {
        for span_id in span_ids {
            if let Some(open) = self.open.remove(span_id) {
                let end = End::default();
                self.emit(&open, &end, None, anchor, sink);
                self.open.insert(*span_id, open);
            }
        }
    }

    /// Ends open spans as incomplete at `tick`: those named, or all that belong to no capture.
    ///
    /// One that is named and not known is waited for: its start may lie where
    /// this pass had looked already.
    pub fn give_up(
        &mut self,
        span_ids: Option<&[[u8; 8]]>,
        tick: u64,
        anchor: Anchor,
        sink: &mut impl Sink,
    ) {
        let Some(named) = span_ids else {
            let all: Vec<_> = self.open.keys().copied().collect();
            for span_id in all {
                if !self.is_captured(span_id) {
                    self.end_incomplete(span_id, tick, anchor, sink);
                }
            }
            return;
        };
        for &span_id in named {
            let age = 0;
            if !self.end_incomplete(span_id, tick, anchor, sink) {
                self.abandoned.push(Abandoned { span_id, tick, age });
            }
        }
    }

    fn is_captured(&self, span_id: [u8; 8]) -> bool {
        let start = self.open.get(&span_id).and_then(Open::start);
        let session = start.and_then(|start| self.sessions.get(&start.identity.session));
        session.is_some_and(|session| session.realm != 0)
    }

    /// `false` if no such span is open.
    fn end_incomplete(
        &mut self,
        span_id: [u8; 8],
        tick: u64,
        anchor: Anchor,
        sink: &mut impl Sink,
    ) -> bool {
        let Some(open) = self.open.remove(&span_id) else {
            return false;
        };
        let end = End {
            span_id,
            tick: tick.max(1),
            status: Status::Unset,
            reason: Reason::Incomplete,
        };
        self.emit(&open, &end, None, anchor, sink);
        self.close(&open);
        true
    }

    pub(super) fn resolve_abandoned(&mut self, anchor: Anchor, sink: &mut impl Sink) {
        for abandoned in std::mem::take(&mut self.abandoned) {
            let Abandoned { span_id, tick, age } = abandoned;
            if !self.end_incomplete(span_id, tick, anchor, sink) && age < PATIENCE {
                let age = age + 1;
                self.abandoned.push(Abandoned { span_id, tick, age });
            }
        }
    }
}
