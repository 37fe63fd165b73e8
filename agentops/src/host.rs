//! Keep away from thread-locals of a thread that is ending.

use std::cell::Cell;
use std::panic::catch_unwind;

use opentelemetry::Context;

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

/// Whether `Context` may be called on this thread; calling it too late aborts the process.
#[inline]
pub(crate) fn context_is_alive() -> bool {
    SENTINEL
        .try_with(|sentinel| sentinel.0.get())
        .unwrap_or(false)
}
