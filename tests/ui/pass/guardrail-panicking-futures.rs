//! A panic in a poll goes on with its payload, poisons locks, and drops what a twin drops.
#![deny(warnings)]

use std::cell::RefCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

thread_local! {
    static DROPPED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPPED.with_borrow_mut(|dropped| dropped.push(self.0));
    }
}

macro_rules! functions {
    ($attribute:meta) => {
        use super::*;

        #[$attribute]
        pub async fn fails(argument: Noisy, lock: &Mutex<u8>, late: bool) -> Result<u8, String> {
            let _held = lock.lock();
            let _local = Noisy("local");
            if late {
                tokio::task::yield_now().await;
            }
            let _kept = argument;
            std::panic::panic_any(7_u8)
        }

        #[$attribute]
        pub fn opaque(argument: Noisy) -> impl Future<Output = u8> {
            async move {
                let _kept = argument;
                std::panic::panic_any(8_u8)
            }
        }

        #[$attribute]
        pub fn boxed(argument: Noisy) -> Pin<Box<dyn Future<Output = u8>>> {
            let _local = Noisy("local");
            if std::hint::black_box(true) {
                std::panic::panic_any(9_u8);
            }
            Box::pin(async move { argument.0.len() as u8 })
        }

        /// Payloads, drops, and what the next poll says.
        pub fn seen() -> Vec<(Vec<String>, Vec<&'static str>)> {
            let mut seen = Vec::new();
            for late in [false, true] {
                let lock = Mutex::new(0);
                let words = polls(Box::pin(fails(Noisy("argument"), &lock, late)));
                assert!(lock.is_poisoned());
                seen.push((words, DROPPED.take()));
            }
            let words = polls(Box::pin(opaque(Noisy("argument"))));
            seen.push((words, DROPPED.take()));
            let words = vec![payload(|| drop(boxed(Noisy("argument"))))];
            seen.push((words, DROPPED.take()));
            seen
        }
    };
}

mod plain {
    functions!(cfg(all()));
}

mod annotated {
    functions!(agentops::guardrail);
}

/// Polls until it panics, and once more.
fn polls<T>(mut future: Pin<Box<dyn Future<Output = T> + '_>>) -> Vec<String> {
    let mut poll = || {
        let mut cx = Context::from_waker(Waker::noop());
        while let Poll::Pending = future.as_mut().poll(&mut cx) {}
    };
    vec![payload(&mut poll), payload(poll)]
}

fn payload(panics: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(panics)).unwrap_err();
    let number = panic.downcast_ref::<u8>().map(u8::to_string);
    let text = || panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    number.or_else(text).or_else(|| panic.downcast_ref::<String>().cloned()).unwrap()
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let expected = plain::seen();
    assert_eq!(expected[0].0, ["7", "`async fn` resumed after panicking"]);
    assert_eq!(annotated::seen(), expected);
    let captured = agentops::testing::capture(|| assert_eq!(annotated::seen(), expected));
    assert_eq!(
        captured.tree(),
        "guardrail fails: panicked\nguardrail fails: panicked\nguardrail opaque: panicked\n\
         guardrail boxed: panicked\n"
    );
}
