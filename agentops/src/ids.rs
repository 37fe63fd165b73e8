//! Trace, span and realm ids from a generator of the current thread.

use std::cell::Cell;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};

use agentops_spool::clock;
use agentops_spool::fork::{self, Own};
use opentelemetry::trace::{SpanId, TraceId};
use opentelemetry_sdk::trace::IdGenerator;
use uuid::{Builder, Uuid};

thread_local! {
    /// 0 until seeded.
    static STATE: Cell<u64> = const { Cell::new(0) };
}

/// A span id that is not zero.
#[inline]
pub(crate) fn span_id() -> SpanId {
    loop {
        let id = next();
        if id != 0 {
            return SpanId::from(id);
        }
    }
}

/// A trace id whose lower half is not zero.
#[inline]
pub(crate) fn trace_id() -> TraceId {
    let low = u64::from_be_bytes(span_id().to_bytes());
    TraceId::from(u128::from(next()) << 64 | u128::from(low))
}

/// A UUID of version 7, for sessions. The generator of `uuid` has a lock, which a forked child may find taken.
pub(crate) fn unique() -> Uuid {
    let [high, low] = [next().to_be_bytes(), next().to_be_bytes()];
    let mut random = [0; 10];
    random[..8].copy_from_slice(&high);
    random[8..].copy_from_slice(&low[..2]);
    Builder::from_unix_timestamp_millis(clock::unix_nanos() / 1_000_000, &random).into_uuid()
}

/// The same ids for spans of other code: the SDK's own generator goes on in a forked child as in
/// its parent.
#[derive(Debug)]
pub(crate) struct Ids;

impl IdGenerator for Ids {
    fn new_trace_id(&self) -> TraceId {
        trace_id()
    }

    fn new_span_id(&self) -> SpanId {
        span_id()
    }
}

/// A number for a session or a capture, never given twice in a process.
pub(crate) fn index() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// One step of wyrand, a generator of 64 bits of state that passes the usual tests of randomness.
#[inline]
fn next() -> u64 {
    let step = |state: &Cell<u64>| {
        let seeded = match state.get() {
            0 => seed(),
            state => state,
        };
        let state_now = seeded.wrapping_add(0xa076_1d64_78bd_642f);
        state.set(state_now);
        let product = u128::from(state_now) * u128::from(state_now ^ 0xe703_7ed1_a0b4_28db);
        fold(product)
    };
    // A thread that is ending has no state any more: every id from a new seed.
    STATE.try_with(step).unwrap_or_else(|_| seed())
}

#[inline]
#[allow(clippy::cast_possible_truncation, reason = "halves are meant")]
fn fold(product: u128) -> u64 {
    (product >> 64) as u64 ^ product as u64
}

/// The standard library seeds its hash maps from the operating system's source, but a forked
/// process inherits that seed: process and time tell it from its siblings.
#[cold]
fn seed() -> u64 {
    fork::forget_in_children(Own::Ids, || {
        let _ = STATE.try_with(|state| state.set(0));
    });
    let here = (index(), std::process::id(), clock::unix_nanos());
    RandomState::new().hash_one(here) | 1
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_of_many_threads_differ() {
        let ids: HashSet<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| (0..1_000).map(|_| span_id()).collect::<Vec<_>>()))
                .collect();
            threads
                .into_iter()
                .flat_map(|thread| thread.join().unwrap())
                .collect()
        });
        assert_eq!(ids.len(), 4_000);
        assert!(!ids.contains(&SpanId::INVALID));
    }
}
