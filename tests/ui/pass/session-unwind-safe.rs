//! Closures that call, and futures of, annotated functions stay `UnwindSafe`.
#![deny(warnings)]

use std::panic::{RefUnwindSafe, UnwindSafe, catch_unwind};

#[agentops::session]
fn run(id: u32) -> u32 {
    id
}

#[agentops::session(id = id)]
async fn later(id: u32) -> u32 {
    std::future::ready(id).await
}

fn is_unwind_safe<T: UnwindSafe + RefUnwindSafe>(value: T) -> T {
    value
}

fn main() {
    let captured = agentops::testing::capture(|| {
        assert_eq!(catch_unwind(|| run(3)).ok(), Some(3));
        drop(is_unwind_safe(later(4)));
    });
    assert_eq!(captured.tree(), "session run\n");
}
