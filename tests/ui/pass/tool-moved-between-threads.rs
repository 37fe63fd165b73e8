//! A future that another thread polls each time; its span is the same, and current in each poll.
#![deny(warnings)]

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::thread::{self, ThreadId};

async fn pause() {
    let mut waited = false;
    std::future::poll_fn(|_| {
        if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

#[agentops::task]
fn step() -> ThreadId {
    thread::current().id()
}

#[agentops::tool]
async fn wanders(first: String, steps: &mut Vec<ThreadId>) -> Result<usize, String> {
    for _ in 0..2 {
        steps.push(step());
        pause().await;
    }
    steps.push(inner().await);
    Ok(first.len())
}

#[agentops::task]
async fn inner() -> ThreadId {
    pause().await;
    step()
}

type Polled<'a, T> = (Pin<Box<dyn Future<Output = T> + Send + 'a>>, Poll<T>);

fn poll_elsewhere<'a, T: Send>(mut future: Pin<Box<dyn Future<Output = T> + Send + 'a>>) -> Polled<'a, T> {
    thread::scope(|scope| {
        let polled = scope.spawn(move || {
            assert!(agentops::Session::current().is_none());
            let polled = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert!(agentops::Session::current().is_none(), "nothing stays on the thread");
            (future, polled)
        });
        polled.join().unwrap()
    })
}

fn main() {
    let mut steps = Vec::new();
    let captured = agentops::testing::capture(|| {
        let mut future: Pin<Box<dyn Future<Output = _> + Send>> =
            Box::pin(wanders("four".to_owned(), &mut steps));
        // The first poll is here, where the capture is.
        assert!(future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        let value = loop {
            let (next, polled) = poll_elsewhere(future);
            future = next;
            if let Poll::Ready(value) = polled {
                break value;
            }
        };
        assert_eq!(value, Ok(4));
    });
    assert!(steps[0] != steps[1] && steps[1] != steps[2], "{steps:?}");
    assert_eq!(
        captured.tree(),
        "tool execute_tool wanders\n  task step\n  task step\n  task inner\n    task step\n"
    );
}
