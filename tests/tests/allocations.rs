//! A span takes little from the heap of the thread that makes it.

#![allow(
    clippy::unwrap_used,
    reason = "support code of tests: what is not as expected ends the test"
)]

use std::hint::black_box;
use std::sync::{Mutex, PoisonError};

use agentops::Config;

const SPANS: u64 = 1000;
const MODEL: &str = "claude-opus-4-20250514";

#[agentops::operation(fields(
    llm.model = model,
    llm.provider = "anthropic",
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
fn handle(model: &str, tokens: i64, attempt: i64) -> i64 {
    black_box(tokens + attempt)
}

#[agentops::operation(leaf, fields(
    llm.model = model,
    llm.provider = "anthropic",
    llm.tokens = tokens,
    llm.attempt = attempt,
))]
fn leaf(model: &str, tokens: i64, attempt: i64) -> i64 {
    black_box(tokens + attempt)
}

/// Allocations of this thread in [`SPANS`] calls within a session.
fn allocations(call: fn(&str, i64, i64) -> i64) -> u64 {
    #[agentops::session(id = "s-1", user = "u-7", baggage(tenant = "blue"), content = false)]
    fn session(run: impl FnOnce() -> u64) -> u64 {
        run()
    }
    // Telemetry is set up once in a process, and tests run side by side.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let home = tempfile::tempdir().unwrap();
    let config = Config::new().home(home.path()).console(false);
    let guard = config.capture_content(false).init().unwrap();
    let run = || {
        let calls = || {
            for span in 0..SPANS {
                black_box(call(black_box(MODEL), span.cast_signed(), 3));
            }
        };
        // What comes about once for a thread or a call site is not what a span takes.
        calls();
        allocation_counter::measure(calls).count_total
    };
    let allocations = session(run);
    // Nothing was cheap for being left out.
    let report = guard.shutdown().traces;
    assert_eq!((report.ended, report.lost), (2 * SPANS + 1, 0));
    allocations
}

#[test]
fn a_span_allocates_twice_at_most() {
    let allocations = allocations(handle);
    assert!(allocations <= 2 * SPANS, "{allocations} for {SPANS} spans");
}

#[test]
fn a_leaf_allocates_nothing() {
    assert_eq!(allocations(leaf), 0);
}
