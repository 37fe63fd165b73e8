//! Streams of a model that are read to the end, dropped midway, never polled, or fail.
#![deny(warnings)]

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use futures_core::Stream;

/// Not `Unpin`, and waits once in front of each item.
struct Tokens {
    left: u8,
    waited: bool,
    fails: bool,
    _pinned: std::marker::PhantomPinned,
}

impl Stream for Tokens {
    type Item = Result<u8, String>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        // SAFETY: nothing is moved out of it.
        let this = unsafe { self.get_unchecked_mut() };
        if !std::mem::replace(&mut this.waited, true) {
            return Poll::Pending;
        }
        this.waited = false;
        chunk();
        let Some(left) = this.left.checked_sub(1) else {
            return Poll::Ready(this.fails.then(|| Err("cut off".to_owned())));
        };
        this.left = left;
        Poll::Ready(Some(Ok(left)))
    }
}

#[agentops::task]
fn chunk() {}

fn tokens(left: u8, fails: bool) -> Tokens {
    let _pinned = std::marker::PhantomPinned;
    Tokens { left, waited: false, fails, _pinned }
}

#[agentops::llm_call(model = "opaque")]
fn opaque(left: u8) -> impl Stream<Item = Result<u8, String>> {
    tokens(left, false)
}

#[agentops::llm_call(model = "boxed")]
fn boxed(left: u8) -> Pin<Box<dyn Stream<Item = Result<u8, String>> + Send>> {
    Box::pin(tokens(left, true))
}

fn poll<S: Stream + ?Sized>(stream: Pin<&mut S>) -> Poll<Option<S::Item>> {
    stream.poll_next(&mut Context::from_waker(Waker::noop()))
}

fn main() {
    let captured = agentops::testing::capture(|| {
        let mut whole = pin!(opaque(1));
        assert_eq!(poll(whole.as_mut()), Poll::Pending);
        assert_eq!(poll(whole.as_mut()), Poll::Ready(Some(Ok(0))));
        assert_eq!(poll(whole.as_mut()), Poll::Pending);
        assert_eq!(poll(whole.as_mut()), Poll::Ready(None));

        let mut failed = boxed(0);
        assert_eq!(poll(failed.as_mut()), Poll::Pending);
        assert_eq!(poll(failed.as_mut()), Poll::Ready(Some(Err("cut off".to_owned()))));

        let mut midway = Box::pin(opaque(2));
        assert_eq!(poll(midway.as_mut()), Poll::Pending);
        assert_eq!(poll(midway.as_mut()), Poll::Ready(Some(Ok(1))));
    });
    assert_eq!(
        captured.tree(),
        "llm_call chat opaque\n  task chunk\n  task chunk\nllm_call chat boxed: error\n  task chunk\n\
         llm_call chat opaque: cancelled\n  task chunk\n"
    );
}
