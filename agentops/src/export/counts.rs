//! What the last pass knew of spans, for metrics that look between passes.

use std::sync::atomic::{AtomicU64, Ordering};

use agentops_spool::pool;

/// Spans that ended since the program was initialized.
static ENDED: AtomicU64 = AtomicU64::new(0);
/// Spans that began and have not ended.
static LIVE: AtomicU64 = AtomicU64::new(0);
/// Spans that had found no room before the program was initialized.
static LOST_BEFORE: AtomicU64 = AtomicU64::new(0);

/// Begins anew: nothing has ended.
pub(crate) fn begin() {
    ENDED.store(0, Ordering::Relaxed);
    LIVE.store(0, Ordering::Relaxed);
    LOST_BEFORE.store(pool::lost(), Ordering::Relaxed);
}

/// Notes what a pass knows at its end.
pub(crate) fn note(ended: u64, live: usize) {
    ENDED.store(ended, Ordering::Relaxed);
    LIVE.store(live as u64, Ordering::Relaxed);
}

/// Spans that began and have not ended.
pub(crate) fn live() -> u64 {
    LIVE.load(Ordering::Relaxed)
}

/// Spans that found no room.
pub(crate) fn lost() -> u64 {
    pool::lost().saturating_sub(LOST_BEFORE.load(Ordering::Relaxed))
}

/// Spans that were begun.
pub(crate) fn started() -> u64 {
    ENDED.load(Ordering::Relaxed) + live() + lost()
}
