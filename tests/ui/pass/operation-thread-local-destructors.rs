//! Annotated functions of every shape, called while a thread's locals are destroyed.
#![deny(warnings)]

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

static CALLS: AtomicUsize = AtomicUsize::new(0);

struct Last(Cell<u8>);

thread_local! {
    static EARLY: RefCell<Option<Last>> = const { RefCell::new(None) };
    static LATE: RefCell<Option<Last>> = const { RefCell::new(None) };
}

#[agentops::operation]
fn sync(value: u8) -> Result<u8, String> {
    leaf(&value);
    unit(value);
    if value == 0 { Err("zero".to_owned()) } else { Ok(value) }
}

#[agentops::operation(leaf)]
fn leaf(value: &u8) -> &u8 {
    value
}

#[agentops::operation]
fn unit(_value: u8) {
    CALLS.fetch_add(1, Ordering::Relaxed);
}

#[agentops::operation]
async fn later(value: u8) -> u8 {
    tracked();
    std::future::ready(value).await
}

#[agentops::session]
fn session(value: u8) -> u8 {
    llm_call(value)
}

#[agentops::llm_call(model = "m")]
#[track_caller]
fn llm_call(value: u8) -> u8 {
    value
}

#[agentops::operation]
#[track_caller]
fn tracked() {}

impl Drop for Last {
    fn drop(&mut self) {
        assert_eq!(sync(self.0.get()).is_ok(), self.0.get() > 0);
        assert_eq!(session(self.0.get()), self.0.get());
        let mut future = pin!(later(self.0.get()));
        let polled = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(polled, Poll::Ready(self.0.get()));
    }
}

fn main() {
    let captured = agentops::testing::capture(|| {
        let registers = std::thread::spawn(|| {
            // Destroyed in another order than they were begun, whatever that is.
            EARLY.set(Some(Last(Cell::new(0))));
            let inside = agentops::testing::capture(|| {
                sync(1).unwrap();
            });
            assert_eq!(inside.spans.len(), 3);
            LATE.set(Some(Last(Cell::new(2))));
        });
        registers.join().unwrap();
    });
    assert!(captured.spans.is_empty(), "the thread was given no context");
    assert_eq!(CALLS.load(Ordering::Relaxed), 3);
}
