//! Functions that never return, which end by a panic here.
#![deny(warnings)]
#![forbid(unreachable_code)]

use std::panic::{AssertUnwindSafe, catch_unwind};

#[agentops::session]
fn diverges(message: String) -> ! {
    panic!("{message}")
}

#[agentops::session]
async fn diverges_later(message: String) -> ! {
    std::future::ready(()).await;
    panic!("{message}")
}

#[agentops::session]
async fn forever() -> ! {
    loop {
        std::future::pending::<()>().await;
    }
}

#[agentops::session]
fn typed() -> u32 {
    unreachable!("the body diverges, the type does not say so")
}

fn quietly<R>(f: impl FnOnce() -> R) {
    assert!(catch_unwind(AssertUnwindSafe(f)).is_err());
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let captured = agentops::testing::capture(|| {
        quietly(|| diverges("one".to_owned()));
        quietly(|| runtime.block_on(diverges_later("two".to_owned())));
        quietly(typed);
        drop(forever());
    });
    assert_eq!(
        captured.tree(),
        "session diverges: panicked\nsession diverges_later: panicked\nsession typed: panicked\n"
    );
}
