//! Spans of functions that are not async.

use std::panic::{RefUnwindSafe, UnwindSafe};

use agentops_spool::record::Reason;
use agentops_spool::site::Site;

use crate::draft::Draft;
use crate::live::OpenSpan;
use crate::outcome::Outcome;
use crate::parent::Parent;
use crate::span::Started;

/// Used by `#[agentops::..]` to hold a span that ends, at the latest, when this is dropped.
#[derive(Debug, Default)]
pub struct Scope {
    pub(crate) started: Option<Started>,
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
        if let Some(parent) = Parent::current() {
            self.was_panicking = std::thread::panicking();
            fill(Draft::new(site, parent, &mut self.started));
        }
    }

    /// Makes the span no longer current and gives it to whoever looks at the value.
    #[inline]
    pub(crate) fn leave(mut self) -> OpenSpan {
        let Some(started) = self.started.take() else {
            return OpenSpan::default();
        };
        drop(started.guard);
        started.open
    }
}

impl Drop for Scope {
    #[inline]
    fn drop(&mut self) {
        if let Some(started) = self.started.take() {
            drop(started.guard);
            let panicked = std::thread::panicking() && !self.was_panicking;
            let reason = match panicked {
                true => Reason::Panicked,
                false => Reason::Returned,
            };
            let mut open = started.open;
            open.end(reason, Outcome::Unknown);
        }
    }
}
