//! Spans of functions that are not async.

use std::panic::{RefUnwindSafe, UnwindSafe};

use agentops_spool::record::Reason;
use agentops_spool::site::Site;

use crate::draft::Draft;
use crate::outcome::Outcome;
use crate::span::{self, Started};

/// A span that ends, at the latest, when this is dropped.
#[derive(Debug, Default)]
pub struct Scope {
    started: Option<Started>,
    /// Whether the thread was panicking already when the span began.
    was_panicking: bool,
}

// A span that is dropped while a panic unwinds is ended and says so; nothing of
// it can be seen half-done.
impl UnwindSafe for Scope {}
impl RefUnwindSafe for Scope {}

impl Scope {
    /// Starts the span that `fill` describes, unless nothing is recorded.
    #[inline]
    pub(crate) fn start(&mut self, site: &'static Site, fill: impl FnOnce(Draft<'_>)) {
        if let Some(parent) = span::parent() {
            self.was_panicking = std::thread::panicking();
            fill(Draft::new(site, parent, &mut self.started));
        }
    }

    /// Ends the span with what the function gave.
    #[inline]
    pub(crate) fn finish(mut self, outcome: Outcome<'_>) {
        self.end(Reason::Returned, outcome);
    }

    fn end(&mut self, reason: Reason, outcome: Outcome<'_>) {
        if let Some(started) = self.started.take() {
            drop(started.guard);
            started.live.end(reason, outcome);
        }
    }
}

impl Drop for Scope {
    #[inline]
    fn drop(&mut self) {
        if self.started.is_some() {
            let panicked = std::thread::panicking() && !self.was_panicking;
            let reason = match panicked {
                true => Reason::Panicked,
                false => Reason::Returned,
            };
            self.end(reason, Outcome::Unknown);
        }
    }
}
