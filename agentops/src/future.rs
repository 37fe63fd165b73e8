//! Spans of async functions.
//!
//! The span begins at the coroutine's first statement, where arguments can be
//! borrowed, so a future that is dropped before its first poll makes none. The
//! coroutine runs inside [`Instrumented`], which cannot be reached from within:
//! the statement leaves the started span in a thread-local, and the poll that
//! is on the stack picks it up when the coroutine gives control back.

use std::cell::RefCell;
use std::future::Future;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use agentops_spool::record::Reason;
use agentops_spool::site::Site;
use opentelemetry::Context;
use pin_project_lite::pin_project;

use crate::draft::Draft;
use crate::host;
use crate::outcome::Outcome;
use crate::span::{self, Live, Started};

thread_local! {
    /// What the coroutine started that is being polled, until its poll picks it up.
    static STARTING: RefCell<Option<Started>> = const { RefCell::new(None) };
}

fn swap_starting(with: Option<Started>) -> Option<Started> {
    STARTING
        .try_with(|starting| starting.replace(with))
        .unwrap_or(None)
}

/// Starts the span that `fill` describes, for the coroutine that is being polled.
#[inline]
pub(crate) fn start(site: &'static Site, fill: impl FnOnce(Draft<'_>)) {
    if let Some(parent) = span::parent() {
        let mut started = None;
        fill(Draft::new(site, parent, &mut started));
        if started.is_some() {
            swap_starting(started);
        }
    }
}

pin_project! {
    /// A coroutine and the span that it starts.
    #[must_use = "futures do nothing unless polled"]
    #[derive(Debug)]
    pub struct Instrumented<F, O> {
        // Taken out in place when the future is dropped early, within the span.
        #[pin]
        inner: Option<F>,
        observe: Option<O>,
        task: Task,
    }

    impl<F, O> PinnedDrop for Instrumented<F, O> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if this.task.live.is_some() {
                let attached = this.task.attach();
                this.inner.set(None);
                drop(attached);
                this.task.end(Reason::Cancelled, Outcome::Unknown);
            }
        }
    }
}

impl<F, O> Instrumented<F, O> {
    /// `observe` tells the outcome from the coroutine's value.
    #[inline]
    pub(crate) fn new(inner: F, observe: O) -> Self {
        Self {
            inner: Some(inner),
            observe: Some(observe),
            task: Task::default(),
        }
    }
}

impl<F, O> Future for Instrumented<F, O>
where
    F: Future,
    O: for<'a> FnOnce(&'a F::Output) -> Outcome<'a>,
{
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<F::Output> {
        let this = self.project();
        let Some(inner) = this.inner.as_pin_mut() else {
            return Poll::Pending;
        };
        let mut polling = Polling::enter(this.task);
        let polled = inner.poll(cx);
        polling.leave();
        if let Poll::Ready(value) = &polled
            && let Some(observe) = this.observe.take()
            && polling.task.live.is_some()
        {
            polling.task.end(Reason::Returned, observe(value));
        }
        polled
    }
}

/// The span of a coroutine, once it has begun.
#[derive(Debug, Default)]
struct Task {
    live: Option<Live>,
    context: Option<Context>,
}

// As for `Scope`: a panic ends the span, and nothing is left half-done.
impl UnwindSafe for Task {}
impl RefUnwindSafe for Task {}

impl Task {
    fn attach(&self) -> Option<opentelemetry::ContextGuard> {
        let context = self.context.as_ref()?;
        host::context_is_alive().then(|| context.clone().attach())
    }

    fn end(&mut self, reason: Reason, outcome: Outcome<'_>) {
        self.context = None;
        if let Some(live) = self.live.take() {
            live.end(reason, outcome);
        }
    }
}

/// One poll of a coroutine.
struct Polling<'a> {
    task: &'a mut Task,
    attached: Option<opentelemetry::ContextGuard>,
    /// What an outer coroutine on the same stack has started.
    outer: Option<Started>,
    has_left: bool,
}

impl<'a> Polling<'a> {
    #[inline]
    fn enter(task: &'a mut Task) -> Self {
        Self {
            attached: task.attach(),
            outer: swap_starting(None),
            has_left: false,
            task,
        }
    }

    #[inline]
    fn leave(&mut self) {
        self.has_left = true;
        self.pick_up();
        self.attached = None;
    }

    fn pick_up(&mut self) {
        if let Some(started) = swap_starting(self.outer.take()) {
            self.task.live = Some(started.live);
            self.task.context = Some(started.context);
            drop(started.guard);
        }
    }
}

impl Drop for Polling<'_> {
    /// Reached without [`Polling::leave`] when the coroutine panics.
    #[inline]
    fn drop(&mut self) {
        if !self.has_left {
            self.pick_up();
            self.attached = None;
            self.task.end(Reason::Panicked, Outcome::Unknown);
        }
    }
}
