//! What the instrumented functions do themselves, and how bursts call them.

use std::cell::Cell;
use std::future::poll_fn;
use std::hint::black_box;
use std::task::Poll;

use tokio::runtime::{Builder, Runtime};

/// A text of 22 characters that is borrowed.
pub(crate) const MODEL: &str = "claude-opus-4-20250514";
/// A text that is known at compile time.
pub(crate) const PROVIDER: &str = "anthropic";
/// Spans of one tree: 1 + 10 + 100.
pub(crate) const TREE: u32 = 111;

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread()
        .build()
        .expect("a runtime without drivers can always be had");
}

/// Work of a few nanoseconds.
#[inline(never)]
pub(crate) fn body(model: &str, tokens: i64, attempt: i64) -> i64 {
    let mut mixed = i64::try_from(black_box(model).len()).unwrap_or(1) ^ tokens;
    for _ in 0..8 {
        mixed = mixed.wrapping_mul(0x2545_F491_4F6C_DD1D).rotate_left(31) ^ attempt;
    }
    black_box(mixed)
}

/// What a model answers.
pub(crate) struct Reply {
    pub(crate) input_tokens: i64,
    pub(crate) output_tokens: i64,
}

/// The [`body`] of a call of a model.
pub(crate) fn reply(model: &str, tokens: i64, attempt: i64) -> Reply {
    Reply {
        input_tokens: 100 + tokens,
        output_tokens: body(model, tokens, attempt) & 0xff,
    }
}

/// Calls a function for each span.
pub(crate) fn each<T>(spans: u32, call: impl Fn(&str, i64, i64) -> T) {
    for span in 0..spans {
        black_box(call(black_box(MODEL), i64::from(span), 3));
    }
}

/// Calls an async function for each span, one after the other, on a runtime of this thread.
pub(crate) fn each_async<T>(spans: u32, call: &impl AsyncFn(&str, i64, i64) -> T) {
    RUNTIME.with(|runtime| {
        runtime.block_on(async {
            for span in 0..spans {
                black_box(call(black_box(MODEL), i64::from(span), 3).await);
            }
        });
    });
}

/// Calls a function that makes [`TREE`] spans as often as gives `spans`.
pub(crate) fn each_tree<T>(spans: u32, trunk: impl Fn(&str, i64, i64) -> T) {
    each(spans / TREE, trunk);
}

/// Calls ten times what makes a part of a tree.
pub(crate) fn ten(model: &str, tokens: i64, call: impl Fn(&str, i64, i64) -> i64) -> i64 {
    (0..10).fold(0, |sum, nth| sum ^ call(model, tokens, nth))
}

/// Is pending once.
pub(crate) async fn suspend() {
    let is_polled = Cell::new(false);
    poll_fn(|cx| {
        if is_polled.replace(true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
