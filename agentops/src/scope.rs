//! Spans of functions that are not async.

use std::panic::{RefUnwindSafe, UnwindSafe};

use agentops_spool::clock;
use agentops_spool::record::Reason;
use agentops_spool::site::Site;

use crate::content::json::Content;
use crate::description::Description;
use crate::draft::Draft;
use crate::left::Left;
use crate::live::OpenSpan;
use crate::outcome::Outcome;
use crate::parent::Parent;
use crate::seen::Seen;
use crate::span::{self, Started};

/// Used by `#[agentops::..]` to hold a span that ends, at the latest, when this is dropped.
#[derive(Debug, Default)]
pub struct Scope {
    pub(crate) started: Started,
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
        if Parent::is_wanted() {
            let mut description = Description::new(site);
            if span::look(&mut description, &mut self.started) {
                self.was_panicking = std::thread::panicking();
                fill(Draft::new(&mut description, &mut self.started));
            }
        }
    }

    /// Whether there is a span.
    #[inline]
    pub(crate) fn is_open(&self) -> bool {
        self.started.open.is_open()
    }

    /// Makes the span no longer current and ends it with what the value says.
    pub(crate) fn conclude(&mut self, outcome: Outcome<'_>, content: Content<'_>, keep: bool) {
        // Nothing is told of a span of which nothing comes, not even when it was over.
        let is_noted = self.started.open.is_noted();
        let tick = if is_noted { clock::now() } else { 0 };
        let span = self.leave();
        match span.wants(keep) {
            true => Seen::end_with(span, tick, outcome, content, keep),
            false => span.end_at(tick, Reason::Returned, outcome, None),
        }
    }

    /// Makes the span no longer current and ends it.
    pub(crate) fn end_with(&mut self, outcome: Outcome<'_>) {
        self.leave().end(Reason::Returned, outcome);
    }

    /// Makes the span no longer current, for whoever looks at the value.
    #[inline]
    pub(crate) fn leave(&mut self) -> &mut OpenSpan {
        self.started.guard = None;
        &mut self.started.open
    }

    /// The span, for a value that may take it along.
    #[inline]
    pub(crate) fn left(&mut self) -> Left<'_> {
        Left::of(&mut self.started)
    }
}

impl Drop for Scope {
    #[inline]
    fn drop(&mut self) {
        if self.is_open() {
            self.end();
        }
    }
}

impl Scope {
    /// Ends the span that nothing more is said of.
    fn end(&mut self) {
        let panicked = std::thread::panicking() && !self.was_panicking;
        let reason = match panicked {
            true => Reason::Panicked,
            false => Reason::Returned,
        };
        self.leave().end(reason, Outcome::Unknown);
    }
}
