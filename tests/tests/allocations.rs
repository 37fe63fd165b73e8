//! A span takes little from the heap of the thread that makes it.

#![allow(
    clippy::unwrap_used,
    reason = "support code of tests: what is not as expected ends the test"
)]

use std::hint::black_box;
use std::sync::{Mutex, PoisonError};

use agentops::Config;

/// Spans in a burst.
const SPANS: u64 = 100;
/// Bursts that are measured.
const BURSTS: u64 = 50;
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

/// What one burst of [`SPANS`] calls allocates on its thread.
struct Allocations {
    /// The least of all bursts: one that needed no new chunk.
    least: u64,
    /// Of all bursts together.
    total: u64,
}

impl Allocations {
    /// Of bursts within a session.
    fn of(call: fn(&str, i64, i64) -> i64) -> Self {
        #[agentops::session(id = "s-1", user = "u-7", baggage(tenant = "blue"), content = false)]
        fn session(run: impl FnOnce() -> Vec<u64>) -> Vec<u64> {
            run()
        }
        // Telemetry is set up once in a process, and tests run side by side.
        static TURN: Mutex<()> = Mutex::new(());
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let home = tempfile::tempdir().unwrap();
        let config = Config::new().home(home.path()).console(false);
        let guard = config.capture_content(false).init().unwrap();
        let burst = || {
            for span in 0..SPANS {
                black_box(call(black_box(MODEL), span.cast_signed(), 3));
            }
        };
        let bursts = session(|| {
            // What comes about once for a thread or a call site is not what a span takes.
            burst();
            let measure = |_| allocation_counter::measure(burst).count_total;
            (0..BURSTS).map(measure).collect()
        });
        // Nothing was cheap for being left out.
        let report = guard.shutdown().traces;
        let spans = SPANS * (BURSTS + 1) + 1;
        assert_eq!((report.ended, report.lost), (spans, 0));
        Self {
            least: bursts.iter().copied().min().unwrap(),
            total: bursts.iter().sum(),
        }
    }

    /// A new chunk, of which some hundred spans need one, may add a few.
    #[track_caller]
    fn assert_at_most(&self, per_span: u64) {
        let Self { least, total } = self;
        assert!(*least <= per_span * SPANS, "{least} for {SPANS} spans");
        let all = SPANS * BURSTS;
        let most = per_span * all + all / 100;
        assert!(*total <= most, "{total} for {all} spans");
    }
}

#[test]
fn a_span_allocates_twice_at_most() {
    Allocations::of(handle).assert_at_most(2);
}

#[test]
fn a_leaf_allocates_nothing() {
    Allocations::of(leaf).assert_at_most(0);
}
