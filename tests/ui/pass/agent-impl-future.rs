//! `-> impl Future`: what stands in front of the future runs in the call, the future in its span.
#![deny(warnings)]

use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

async fn pause() {
    let mut waited = false;
    std::future::poll_fn(|_| {
        if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

#[agentops::task]
fn step() {}

#[agentops::agent]
fn plan<'a>(calls: &'a Cell<u32>, goal: &'a str) -> impl Future<Output = usize> + use<'a> {
    calls.set(calls.get() + 1);
    let length = goal.len();
    async move {
        step();
        pause().await;
        step();
        calls.set(calls.get() + 10);
        length
    }
}

#[agentops::agent]
fn named(value: u8) -> impl Future<Output = u8> + Send + Sync + Unpin + 'static {
    std::future::ready(value)
}

#[agentops::agent]
fn by_the_full_path(text: &str) -> impl ::core::future::Future<Output = Result<u8, std::num::ParseIntError>> {
    let parsed = text.parse();
    async { parsed }
}

fn is_send_and_sync_and_unpin<T: Send + Sync + Unpin + 'static>(value: T) -> T {
    value
}

fn main() {
    let calls = Cell::new(0);
    let captured = agentops::testing::capture(|| {
        let mut future = pin!(plan(&calls, "goal"));
        assert_eq!(calls.get(), 1, "statements in front of the future run in the call");
        assert!(poll(future.as_mut()).is_pending());
        assert_eq!(poll(future.as_mut()), Poll::Ready(4));
        assert_eq!(calls.get(), 11);
        assert_eq!(poll(pin!(is_send_and_sync_and_unpin(named(3)))), Poll::Ready(3));
        assert!(matches!(poll(pin!(by_the_full_path("x"))), Poll::Ready(Err(_))));
    });
    assert_eq!(
        captured.tree(),
        "agent invoke_agent plan\n  task step\n  task step\nagent invoke_agent named\n\
         agent invoke_agent by_the_full_path: error\n"
    );
}
