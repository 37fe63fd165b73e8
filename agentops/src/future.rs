//! Spans of async functions.
//!
//! The span begins at the coroutine's first statement, where arguments can be
//! borrowed, so a future that is dropped before its first poll makes none. The
//! coroutine runs inside [`Instrumented`], which cannot be reached from within:
//! the statement leaves the started span in a thread-local, and the poll that
//! is on the stack picks it up when the coroutine gives control back.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use agentops_spool::record::Reason;
use agentops_spool::site::Site;
use pin_project_lite::pin_project;

use crate::description::Description;
use crate::draft::Draft;
use crate::host::Attachment;
use crate::left::Left;
use crate::live::OpenSpan;
use crate::outcome::Outcome;
use crate::parent::Parent;
use crate::seen::Seen;
use crate::span::{self, Started};

thread_local! {
    /// What the coroutines started that are being polled, until their polls pick it up: of
    /// coroutines within others, the inner ones above.
    static STARTING: RefCell<Vec<Started>> = const { RefCell::new(Vec::new()) };
}

/// How many are waiting to be picked up.
#[inline]
fn starting() -> usize {
    STARTING
        .try_with(|starting| starting.borrow().len())
        .unwrap_or(0)
}

/// Starts the span that `fill` describes, for the coroutine that is being polled.
#[inline]
pub(crate) fn start(site: &'static Site, fill: impl FnOnce(Draft<'_>)) {
    if !Parent::is_wanted() {
        return;
    }
    let mut description = Description::new(site);
    let mut started = Started::default();
    if span::look(&mut description, &mut started) {
        fill(Draft::new(&mut description, &mut started));
    }
    if started.open.is_open() {
        // A thread that is ending polls nothing any more.
        let _ = STARTING.try_with(|starting| starting.borrow_mut().push(started));
    }
}

/// Takes what was started above the first `below`.
#[inline]
fn pick_up(below: usize) -> Option<Started> {
    let take = |starting: &RefCell<Vec<Started>>| {
        let mut starting = starting.borrow_mut();
        (starting.len() > below).then(|| starting.pop()).flatten()
    };
    STARTING.try_with(take).ok().flatten()
}

pin_project! {
    /// A coroutine and the span that it starts.
    #[must_use = "futures do nothing unless polled"]
    #[derive(Debug)]
    pub struct Instrumented<F, C> {
        // Taken out in place when the future is dropped early, within the span.
        #[pin]
        inner: Option<F>,
        conclude: Option<C>,
        // Open once the coroutine has begun.
        span: OpenSpan,
    }

    impl<F, C> PinnedDrop for Instrumented<F, C> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if this.span.is_open() {
                let attached = this.span.attach();
                this.inner.set(None);
                drop(attached);
                this.span.end(Reason::Cancelled, Outcome::Unknown);
            }
        }
    }
}

impl<F, C> Instrumented<F, C> {
    /// `conclude` ends the span by the coroutine's value.
    #[inline]
    pub(crate) fn new(inner: F, conclude: C) -> Self {
        Self::within(OpenSpan::default(), inner, conclude)
    }

    /// Goes on with a span that has begun.
    pub(crate) fn within(span: OpenSpan, inner: F, conclude: C) -> Self {
        Self {
            inner: Some(inner),
            conclude: Some(conclude),
            span,
        }
    }
}

/// Ends the span of a coroutine by its value.
pub trait Conclude<T> {
    /// The value, or what takes the span along in its place.
    type Value;

    /// Ends the span by `value`, or hands it on.
    fn conclude(self, value: T, left: Left<'_>) -> Self::Value;
}

/// Looks at a value and ends the span.
#[derive(Debug)]
pub struct Looked<L> {
    look: L,
    keep: bool,
}

impl<L> Looked<L> {
    pub(crate) fn new(look: L, keep: bool) -> Self {
        Self { look, keep }
    }
}

impl<T, L> Conclude<T> for Looked<L>
where
    L: for<'a> FnOnce(&'a T, &mut Seen<'a>),
{
    type Value = T;

    #[inline]
    fn conclude(self, value: T, left: Left<'_>) -> T {
        Seen::conclude(left, &value, self.look, self.keep);
        value
    }
}

/// Does with value and span what a closure does.
#[derive(Debug)]
pub struct Handed<C>(pub(crate) C);

impl<T, V, C> Conclude<T> for Handed<C>
where
    C: for<'a> FnOnce(T, Left<'a>) -> V,
{
    type Value = V;

    #[inline]
    fn conclude(self, value: T, left: Left<'_>) -> V {
        (self.0)(value, left)
    }
}

impl<F, C> Future for Instrumented<F, C>
where
    F: Future,
    C: Conclude<F::Output>,
{
    type Output = C::Value;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<C::Value> {
        let this = self.project();
        let Some(inner) = this.inner.as_pin_mut() else {
            return Poll::Pending;
        };
        let mut polling = Polling::enter(this.span);
        let Poll::Ready(value) = inner.poll(cx) else {
            polling.pause();
            return Poll::Pending;
        };
        let mut started = polling.finish();
        match this.conclude.take() {
            Some(conclude) => Poll::Ready(conclude.conclude(value, polling.left(&mut started))),
            // It is polled after its end, and a coroutine panics then.
            None => Poll::Pending,
        }
    }
}

/// One poll of a coroutine.
struct Polling<'a> {
    span: &'a mut OpenSpan,
    attached: Option<Attachment>,
    /// How many outer coroutines on the same stack have started something.
    outer: usize,
    has_left: bool,
}

impl<'a> Polling<'a> {
    #[inline]
    fn enter(span: &'a mut OpenSpan) -> Self {
        Self {
            attached: span.attach(),
            outer: starting(),
            has_left: false,
            span,
        }
    }

    /// Makes the span no longer current until the next poll, for which it keeps its context.
    #[inline]
    fn pause(&mut self) {
        self.has_left = true;
        if let Some(mut started) = pick_up(self.outer) {
            started.open.keep_context();
            *self.span = started.open;
        }
        self.attached = None;
    }

    /// Ends the last poll, and gives the span if it began in this one.
    #[inline]
    fn finish(&mut self) -> Option<Started> {
        self.has_left = true;
        pick_up(self.outer)
    }

    /// The span, still current where it is; `started` is what [`Polling::finish`] gave.
    #[inline]
    fn left<'b>(&'b mut self, started: &'b mut Option<Started>) -> Left<'b> {
        match started {
            Some(started) => Left::of(started),
            None => Left::new(self.span, &mut self.attached),
        }
    }
}

impl Drop for Polling<'_> {
    /// Reached before [`Polling::pause`] and [`Polling::finish`] when the coroutine panics.
    #[inline]
    fn drop(&mut self) {
        if !self.has_left {
            let mut started = self.finish();
            let mut left = self.left(&mut started);
            left.leave().end(Reason::Panicked, Outcome::Unknown);
        }
    }
}
