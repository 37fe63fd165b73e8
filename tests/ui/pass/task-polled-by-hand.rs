//! Futures polled by hand: in turn, out of order, from other wakers, next to one another.
#![deny(warnings)]

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

#[derive(Default)]
struct Counter(AtomicUsize);

impl Wake for Counter {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Wakes its waker before it gives back control.
async fn pause() {
    let mut waited = false;
    std::future::poll_fn(|cx| {
        if std::mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[agentops::task]
async fn walk(steps: u8) -> u8 {
    for _ in 0..steps {
        pause().await;
    }
    inner(steps).await
}

#[agentops::task]
async fn inner(value: u8) -> u8 {
    pause().await;
    value
}

#[agentops::workflow]
async fn both(left: u8, right: u8) -> (u8, u8) {
    let mut left = pin!(walk(left));
    let mut right = pin!(walk(right));
    let mut values = (None, None);
    std::future::poll_fn(move |cx| {
        if values.0.is_none() && let Poll::Ready(value) = left.as_mut().poll(cx) {
            values.0 = Some(value);
        }
        if values.1.is_none() && let Poll::Ready(value) = right.as_mut().poll(cx) {
            values.1 = Some(value);
        }
        match values {
            (Some(left), Some(right)) => Poll::Ready((left, right)),
            _ => Poll::Pending,
        }
    })
    .await
}

fn polls<F: Future + ?Sized>(mut future: Pin<&mut F>, waker: &Waker) -> (usize, F::Output) {
    let mut polls = 1;
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(waker)) {
            return (polls, value);
        }
        polls += 1;
    }
}

fn main() {
    let counter = Arc::new(Counter::default());
    let waker = Waker::from(Arc::clone(&counter));
    let captured = agentops::testing::capture(|| {
        assert_eq!(polls(pin!(walk(2)), &waker), (4, 2), "as many polls as a plain one");
        assert_eq!(counter.0.load(Ordering::Relaxed), 3, "the waker is handed on");
        assert_eq!(polls(pin!(both(1, 3)), Waker::noop()), (5, (1, 3)));
        let mut first = pin!(walk(1));
        let mut second = pin!(inner(2));
        assert!(first.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        assert_eq!(polls(second.as_mut(), Waker::noop()), (2, 2));
        assert_eq!(polls(first.as_mut(), Waker::noop()), (2, 1));
    });
    assert_eq!(
        captured.tree(),
        "task walk\n  task inner\n\
         workflow invoke_workflow both\n  task walk\n    task inner\n  task walk\n    task inner\n\
         task walk\n  task inner\ntask inner\n"
    );
}
