//! Spans that began and whose end did not come yet.

use std::collections::HashSet;

use crate::clock::Anchor;
use crate::join::open::{Abandoned, Open};
use crate::join::{Join, PATIENCE, Sink, key};
use crate::record::write::{End, Identity};
use crate::record::{Reason, Status};
use crate::site::Kind;
use crate::span::Parts;

impl Join {
    /// Hands every open span that the journal does not hold to `sink`, with an end of 0.
    ///
    /// A session that began in this pass, or of which more was said, and that has no
    /// such span is handed on as a span without an id: spans that were not seen yet
    /// may refer to it.
    pub fn journal(&mut self, anchor: Anchor, sink: &mut impl Sink) {
        // What was journaled without its session, because that was not seen yet, comes once more.
        let mut new = std::mem::take(&mut self.sessionless);
        for span_id in self.unjournaled.drain(..) {
            // Most have ended since.
            let open = self.open.get_mut(&key(span_id));
            if open.is_some_and(Open::set_journaled) {
                new.push(span_id);
            }
        }
        let sessions = self.known.take_news();
        self.show_sessions(sessions, &new, sink);
        self.sessionless = self.without_session(&new);
        self.show_open(&new, anchor, sink);
    }

    /// Hands every open span and every session that has none to `sink`, with an end of 0.
    ///
    /// A session that is over since this pass is among them: who adopts this process may read
    /// the records of the pass again, where it ends before their chunks are given back.
    pub fn journal_again(&mut self, anchor: Anchor, sink: &mut impl Sink) {
        for open in self.open.values_mut() {
            open.set_journaled();
        }
        let all: Vec<_> = self.open.keys().map(|key| key.to_ne_bytes()).collect();
        self.show_sessions(self.known.recent(), &all, sink);
        self.sessionless = self.without_session(&all);
        self.show_open(&all, anchor, sink);
    }

    fn session_of(&self, span_id: [u8; 8]) -> Option<u32> {
        let start = self.open.get(&key(span_id)).and_then(Open::start)?;
        Some(start.identity.session)
    }

    fn without_session(&self, span_ids: &[[u8; 8]]) -> Vec<[u8; 8]> {
        let is_unknown = |id: &&[u8; 8]| {
            let session = self.session_of(**id);
            session.is_some_and(|session| !self.known.has(session))
        };
        span_ids.iter().filter(is_unknown).copied().collect()
    }

    /// Hands those `sessions` on that none of `span_ids` names.
    fn show_sessions(
        &self,
        mut sessions: HashSet<u32>,
        span_ids: &[[u8; 8]],
        sink: &mut impl Sink,
    ) {
        for named in span_ids.iter().filter_map(|id| self.session_of(*id)) {
            sessions.remove(&named);
        }
        for index in sessions {
            let session = self.known.find(index);
            if session.is_some_and(|session| !session.id.is_empty()) {
                sink.parts(&Parts {
                    identity: Identity::default(),
                    site: None,
                    session,
                    times: (0, 0),
                    kind: Kind::Foreign,
                    span_kind: 0,
                    status: Status::Unset,
                    reason: Reason::Returned,
                    fields: [None, None],
                    encoded_start: &[],
                    limits: self.limits,
                });
            }
        }
    }

    fn show_open(&mut self, span_ids: &[[u8; 8]], anchor: Anchor, sink: &mut impl Sink) {
        for span_id in span_ids {
            if let Some(open) = self.open.remove(&key(*span_id)) {
                let end = End::default();
                self.emit(&open, &end, None, anchor, sink);
                self.open.insert(key(*span_id), open);
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
            let all: Vec<_> = self.open.keys().map(|key| key.to_ne_bytes()).collect();
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
        let start = self.open.get(&key(span_id)).and_then(Open::start);
        let session = start.and_then(|start| self.known.sessions.get(&start.identity.session));
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
        let Some(open) = self.open.remove(&key(span_id)) else {
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
