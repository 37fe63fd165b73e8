//! Arguments, locals and temporaries of futures drop like a twin's, however far they came.
#![deny(warnings)]

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

thread_local! {
    static DROPPED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

pub struct Noisy(&'static str);

impl Noisy {
    fn length(&self) -> usize {
        self.0.len()
    }
}

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPPED.with_borrow_mut(|dropped| dropped.push(self.0));
    }
}

async fn pause() {
    let mut waited = false;
    std::future::poll_fn(|_| {
        if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

macro_rules! functions {
    ($attribute:meta) => {
        use super::*;

        #[$attribute]
        async fn value(a: Noisy, _: Noisy, (b, _): (Noisy, Noisy), mut c: Noisy) -> usize {
            let _local = Noisy("local");
            pause().await;
            drop(b);
            c.0 = "changed";
            let held = (Noisy("held"), pause().await);
            pause().await;
            held.0.length() + a.length() + Noisy("tail").length()
        }

        #[$attribute]
        async fn unit(a: Noisy, b: Noisy, c: (Noisy, Noisy), d: Noisy) {
            let _moved = b;
            pause().await;
            {
                let _inner = d;
                pause().await;
            }
            let (_left, _) = c;
            a.length();
            Noisy("temporary").length();
        }

        #[$attribute]
        async fn fails(a: Noisy, b: Noisy, c: (Noisy, Noisy), _d: Noisy) -> Result<usize, String> {
            let _local = Noisy("local");
            let _first = c.0;
            pause().await;
            Err(Noisy("error").0.to_owned())?;
            Ok(a.length() + b.length())
        }

        #[$attribute]
        fn opaque(a: Noisy, b: Noisy, c: (Noisy, Noisy), _d: Noisy) -> impl Future<Output = usize> {
            let _local = Noisy("local");
            async move {
                let _moved = b;
                pause().await;
                a.length() + c.0.length()
            }
        }

        #[$attribute]
        fn boxed(a: Noisy, b: Noisy, c: (Noisy, Noisy), _d: Noisy) -> Pin<Box<dyn Future<Output = usize>>> {
            let _local = Noisy("local");
            Box::pin(async move {
                let _moved = c;
                pause().await;
                a.length() + b.length()
            })
        }

        /// The drops after each number of polls.
        pub fn seen() -> Vec<Vec<&'static str>> {
            let mut seen = Vec::new();
            for polls in 0..=4 {
                let futures: [fn() -> Pin<Box<dyn Future<Output = ()>>>; 5] = [
                    || forget(value(Noisy("a"), Noisy("_"), (Noisy("b"), Noisy("_")), Noisy("c"))),
                    || forget(unit(Noisy("a"), Noisy("b"), (Noisy("c"), Noisy("c")), Noisy("d"))),
                    || forget(fails(Noisy("a"), Noisy("b"), (Noisy("c"), Noisy("c")), Noisy("d"))),
                    || forget(opaque(Noisy("a"), Noisy("b"), (Noisy("c"), Noisy("c")), Noisy("d"))),
                    || forget(boxed(Noisy("a"), Noisy("b"), (Noisy("c"), Noisy("c")), Noisy("d"))),
                ];
                for future in futures {
                    let mut future = future();
                    for _ in 0..polls {
                        if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
                            break;
                        }
                    }
                    DROPPED.with_borrow_mut(|dropped| dropped.push("|"));
                    drop(future);
                    seen.push(DROPPED.take());
                }
            }
            seen
        }
    };
}

mod plain {
    functions!(cfg(all()));
}

mod annotated {
    functions!(agentops::workflow);
}

fn forget<F: Future + 'static>(future: F) -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async move {
        future.await;
    })
}

fn main() {
    let expected = plain::seen();
    assert_eq!(expected.len(), 25);
    assert_eq!(annotated::seen(), expected);
    let captured = agentops::testing::capture(|| assert_eq!(annotated::seen(), expected));
    assert_eq!(captured.spans.len(), 4 * 3 + 5 * 2);
}
