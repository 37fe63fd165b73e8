//! The span of a call that is over, for the value that ends it or takes it along.

use agentops_spool::record::Reason;

use crate::host::Attachment;
use crate::live::OpenSpan;
use crate::outcome::Outcome;
use crate::span::Started;

/// Used by `#[agentops::..]` to give the span of a call that is over to its value.
///
/// By reference, since most values end it where it is. Whoever drops this unsaid leaves the span
/// to whom it belongs.
#[derive(Debug)]
pub struct Left<'a> {
    span: &'a mut OpenSpan,
    /// What keeps it current.
    guard: &'a mut Option<Attachment>,
}

impl<'a> Left<'a> {
    #[inline]
    pub(crate) fn new(span: &'a mut OpenSpan, guard: &'a mut Option<Attachment>) -> Self {
        Self { span, guard }
    }

    #[inline]
    pub(crate) fn of(started: &'a mut Started) -> Self {
        Self::new(&mut started.open, &mut started.guard)
    }

    /// Whether there is a span.
    pub(crate) fn is_open(&self) -> bool {
        self.span.is_open()
    }

    /// Whether what a value tells of the span goes anywhere.
    #[inline]
    pub(crate) fn is_noted(&self) -> bool {
        self.span.is_noted()
    }

    /// Makes the span no longer current, for whoever ends it now.
    #[inline]
    pub(crate) fn leave(&mut self) -> &mut OpenSpan {
        *self.guard = None;
        self.span
    }

    /// Makes the span no longer current and ends it.
    pub(crate) fn end_with(mut self, outcome: Outcome<'_>) {
        self.leave().end(Reason::Returned, outcome);
    }

    /// Makes the span no longer current and gives it away with what its callees run in.
    pub(crate) fn hand_on(mut self) -> OpenSpan {
        self.span.keep_context();
        std::mem::take(self.leave())
    }
}
