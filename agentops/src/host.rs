//! Keep away from a `Context` that may not be called.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use opentelemetry::{Context, ContextGuard};

/// Dropped before the thread-local of `Context`, because it is registered after it.
struct Sentinel(Cell<bool>);

impl Drop for Sentinel {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

thread_local! {
    static SENTINEL: Sentinel = {
        // Thread-locals are dropped in the reverse order of their registration.
        let alive = catch_unwind(|| Context::map_current(|_| ())).is_ok();
        Sentinel(Cell::new(alive))
    };
}

/// The current `Context`, or an empty one on a thread that is ending.
pub(crate) fn current_context() -> Context {
    match context_is_alive() {
        true => Context::current(),
        false => Context::new(),
    }
}

/// Makes `cx` the current context until the guard is dropped, where `Context` may be called
/// and is not in use.
///
/// It is in use where OpenTelemetry runs a processor of the program's, as it does at
/// the start of a span; nothing tells so but a panic. What begins there is recorded,
/// and not current.
pub(crate) fn attach(cx: Context) -> Option<Attachment> {
    attach_new(|| cx)
}

/// The same for a context that is made for it, and need not be moved in between.
#[inline]
pub(crate) fn attach_new(make: impl FnOnce() -> Context) -> Option<Attachment> {
    if !context_is_alive() {
        return None;
    }
    let attach = AssertUnwindSafe(|| make().attach());
    let guard = catch_unwind(attach).ok()?;
    Some(Attachment(Some(guard)))
}

/// Keeps a context current.
///
/// The program may hold it in a thread-local of its own, which outlives that of `Context`.
#[derive(Debug)]
pub(crate) struct Attachment(Option<ContextGuard>);

impl Drop for Attachment {
    // Not where a span is dropped that is not current any more, as most are, or never began.
    #[inline(never)]
    fn drop(&mut self) {
        let guard = self.0.take();
        if !context_is_alive() {
            #[expect(clippy::mem_forget, reason = "what it would restore is gone")]
            std::mem::forget(guard);
        }
    }
}

/// Whether `Context` may be called on this thread; calling it too late aborts the process.
#[inline]
pub(crate) fn context_is_alive() -> bool {
    SENTINEL
        .try_with(|sentinel| sentinel.0.get())
        .unwrap_or(false)
}
