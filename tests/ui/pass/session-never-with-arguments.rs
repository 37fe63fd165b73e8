//! Functions that never return, whose arguments are captured.
#![deny(warnings)]
#![forbid(unreachable_code)]

use std::panic::{AssertUnwindSafe, Location, catch_unwind};

#[agentops::session]
fn diverges(message: String, mut count: u32) -> ! {
    count += 1;
    panic!("{message} {count}")
}

#[agentops::session]
fn diverges_in_a_statement(message: &str) -> ! {
    panic!("{message}");
}

#[agentops::session]
#[track_caller]
fn tracked(expected: u32) -> ! {
    assert_eq!(Location::caller().line(), expected);
    panic!("tracked")
}

#[agentops::session]
async fn later((left, right): (u32, u32)) -> ! {
    std::future::ready(()).await;
    panic!("{left} {right}")
}

fn message(f: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(f)).unwrap_err();
    let formatted = panic.downcast_ref::<String>().cloned();
    formatted.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap()
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(message(|| diverges("one".to_owned(), 1)), "one 2");
    assert_eq!(message(|| diverges_in_a_statement("two")), "two");
    assert_eq!(message(|| tracked(line!())), "tracked");
    assert_eq!(message(|| runtime.block_on(later((3, 4)))), "3 4");
}
