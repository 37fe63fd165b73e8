//! One burst of spans, and how long it takes.

use super::clock::thread_nanos;
use super::stacks::{BURST, Case};

/// Spans in front of each burst, since the flush before has had the caches.
pub(crate) const WARM_SPANS: u32 = 20;

/// Nanoseconds of this thread in one burst, which begins once `wait` returns.
pub(crate) fn timed(case: &Case, wait: fn()) -> u64 {
    let mut nanos = 0;
    (case.live)(&mut || {
        (case.burst)(WARM_SPANS);
        wait();
        let started = thread_nanos();
        (case.burst)(BURST);
        nanos = thread_nanos() - started;
    });
    nanos
}
