//! `!` becomes every type: in branches, as a function of any type, in bodies that only diverge.
#![deny(warnings)]
#![forbid(unreachable_code)]

use std::panic::{AssertUnwindSafe, catch_unwind};

#[agentops::operation]
fn fail(code: u8) -> ! {
    std::panic::panic_any(code)
}

#[agentops::operation]
async fn fail_later(code: u8) -> ! {
    tokio::task::yield_now().await;
    std::panic::panic_any(code)
}

#[agentops::operation]
fn number(good: bool) -> u32 {
    let number: u32 = if good { 3 } else { fail(1) };
    number
}

#[agentops::operation]
async fn text(good: bool) -> String {
    match good {
        true => "text".to_owned(),
        false => fail_later(2).await,
    }
}

#[agentops::operation]
fn with_else(value: Option<u8>) -> u8 {
    let Some(value) = value else { fail(3) };
    value
}

#[agentops::operation]
fn diverges() -> Vec<impl std::fmt::Debug> {
    if std::hint::black_box(true) {
        fail(4)
    }
    vec![1]
}

#[agentops::operation]
fn only_diverges() -> Result<Vec<u8>, String> {
    fail(5)
}

#[agentops::operation]
async fn only_diverges_later() -> Box<dyn Fn()> {
    fail_later(6).await
}

fn code<R>(f: impl FnOnce() -> R) -> u8 {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(_) => 0,
        Err(panic) => *panic.downcast().unwrap(),
    }
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let captured = agentops::testing::capture(|| {
        assert_eq!((number(true), code(|| number(false))), (3, 1));
        assert_eq!(runtime.block_on(text(true)), "text");
        assert_eq!(code(|| runtime.block_on(text(false))), 2);
        assert_eq!((with_else(Some(4)), code(|| with_else(None))), (4, 3));
        assert_eq!(code(diverges), 4);
        assert_eq!(code(only_diverges), 5);
        assert_eq!(code(|| runtime.block_on(only_diverges_later())), 6);
        let typed: fn(u8) -> ! = fail;
        assert_eq!(code(|| typed(7)), 7);
    });
    let panicked = captured.spans.iter().filter(|span| span.status == "panicked").count();
    assert_eq!((captured.spans.len(), panicked), (16, 13));
}
