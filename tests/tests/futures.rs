//! Annotated async functions: when spans begin and end, and where they hang.

#![allow(
    clippy::unwrap_used,
    reason = "support code of tests: what is not as expected ends the test"
)]

use std::cell::RefCell;
use std::future::{Future, pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use agentops::Session;
use agentops::testing::{capture, capture_async};

/// Polls once with a waker that does nothing.
fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Gives control back once.
async fn pause() {
    let mut is_first = true;
    std::future::poll_fn(|cx| match std::mem::replace(&mut is_first, false) {
        true => {
            cx.waker().wake_by_ref();
            Poll::Pending
        }
        false => Poll::Ready(()),
    })
    .await;
}

#[agentops::session]
async fn outer() -> u32 {
    step();
    pause().await;
    let value = inner().await;
    step();
    value
}

#[agentops::llm_call(model = "gpt-4o")]
async fn inner() -> u32 {
    pause().await;
    3
}

#[agentops::session]
fn step() {}

const WHOLE: &str = "session outer\n  session step\n  llm_call chat gpt-4o\n  session step\n";

#[test]
fn future_dropped_before_its_first_poll_makes_no_span() {
    let captured = capture(|| drop(outer()));
    assert_eq!(captured.tree(), "");
}

#[test]
fn future_dropped_midway_is_cancelled_with_those_it_waits_for() {
    let captured = capture(|| {
        let mut future = Box::pin(outer());
        assert!(poll(future.as_mut()).is_pending());
        assert!(poll(future.as_mut()).is_pending());
    });
    assert_eq!(
        captured.tree(),
        "session outer: cancelled\n  session step\n  llm_call chat gpt-4o: cancelled\n"
    );
}

#[test]
fn span_is_current_only_while_its_future_is_polled() {
    let captured = capture(|| {
        let mut future = pin!(outer());
        while poll(future.as_mut()).is_pending() {
            assert!(Session::current().is_none());
        }
        assert!(Session::current().is_none());
    });
    assert_eq!(captured.tree(), WHOLE);
}

#[test]
fn futures_polled_in_turn_keep_their_spans_apart() {
    let captured = capture(|| {
        let mut left = pin!(outer());
        let mut right = pin!(outer());
        loop {
            let polled = [poll(left.as_mut()), poll(right.as_mut())];
            if polled == [Poll::Ready(3), Poll::Ready(3)] {
                break;
            }
            assert_eq!(polled, [Poll::Pending, Poll::Pending]);
        }
    });
    assert_eq!(captured.tree(), WHOLE.repeat(2));
}

#[test]
fn future_may_go_on_on_another_thread() {
    let captured = capture(|| {
        let mut future = Box::pin(outer());
        assert!(poll(future.as_mut()).is_pending());
        std::thread::scope(|scope| {
            let rest = scope.spawn(move || while poll(future.as_mut()).is_pending() {});
            rest.join().unwrap();
        });
    });
    assert_eq!(captured.tree(), WHOLE);
}

type BoxedFuture = Pin<Box<dyn Future<Output = u32>>>;

#[agentops::session]
async fn user(future: BoxedFuture) -> u32 {
    future.await
}

#[test]
fn span_hangs_where_its_future_is_first_polled() {
    #[agentops::session]
    fn maker() -> [BoxedFuture; 1] {
        [Box::pin(inner())]
    }

    let captured = capture(|| {
        let [future] = maker();
        let mut future = pin!(user(future));
        while poll(future.as_mut()).is_pending() {}
    });
    assert_eq!(
        captured.tree(),
        "session maker\nsession user\n  llm_call chat gpt-4o\n"
    );
}

#[test]
fn boxed_future_runs_in_the_span_of_the_call_that_gave_it() {
    #[agentops::session]
    fn maker() -> BoxedFuture {
        Box::pin(inner())
    }

    let captured = capture(|| {
        let mut future = pin!(user(maker()));
        while poll(future.as_mut()).is_pending() {}
        drop(maker());
        let mut future = maker();
        assert!(poll(future.as_mut()).is_pending());
    });
    assert_eq!(
        captured.tree(),
        "session maker\n  llm_call chat gpt-4o\nsession user\nsession maker: cancelled\n\
         session maker: cancelled\n  llm_call chat gpt-4o: cancelled\n"
    );
}

#[test]
fn panic_in_a_poll_ends_the_span_and_goes_on() {
    #[agentops::session]
    async fn fails(payload: u32) -> u32 {
        pause().await;
        std::panic::resume_unwind(Box::new(payload))
    }

    let captured = capture(|| {
        let mut future = pin!(fails(7));
        assert!(poll(future.as_mut()).is_pending());
        let again = AssertUnwindSafe(|| poll(future.as_mut()));
        let payload = catch_unwind(again).unwrap_err();
        assert_eq!(payload.downcast_ref(), Some(&7_u32));
        assert!(Session::current().is_none());
    });
    assert_eq!(captured.tree(), "session fails: panicked\n");
}

#[test]
#[should_panic(expected = "`async fn` resumed after completion")]
fn poll_after_completion_fails_like_that_of_a_plain_future() {
    let mut future = pin!(inner());
    while poll(future.as_mut()).is_pending() {}
    let _ = poll(future.as_mut());
}

#[test]
fn arguments_drop_in_the_order_of_the_plain_function() {
    struct Noisy(&'static str, Log);
    type Log = Rc<RefCell<Vec<&'static str>>>;

    impl Drop for Noisy {
        fn drop(&mut self) {
            self.1.borrow_mut().push(self.0);
        }
    }

    macro_rules! both {
        ($name:ident, $(#[$attribute:meta])*) => {
            $(#[$attribute])*
            async fn $name(a: Noisy, _: Noisy, (_c, mut d): (Noisy, Noisy), _e: Noisy) -> usize {
                let _local = Noisy("local", Rc::clone(&a.1));
                pause().await;
                d.0 = "changed";
                Noisy("tail", Rc::clone(&d.1)).0.len()
            }
        };
    }
    both!(plain,);
    both!(annotated, #[agentops::session]);

    /// Drops after so many polls; the names in the order of their drops.
    fn dropped<F: Future>(
        polls: usize,
        function: impl FnOnce([Noisy; 5]) -> F,
    ) -> Vec<&'static str> {
        let log = Log::default();
        let arguments = ["a", "b", "c", "d", "e"].map(|name| Noisy(name, Rc::clone(&log)));
        let mut future = Box::pin(function(arguments));
        for _ in 0..polls {
            let _ = poll(future.as_mut());
        }
        drop(future);
        log.take()
    }

    let captured = capture(|| {
        for polls in 0..=2 {
            let expected = dropped(polls, |[a, b, c, d, e]| plain(a, b, (c, d), e));
            let found = dropped(polls, |[a, b, c, d, e]| annotated(a, b, (c, d), e));
            assert_eq!(found, expected, "after {polls} polls");
        }
    });
    assert_eq!(
        captured.tree(),
        "session annotated: cancelled\nsession annotated\n"
    );
}

#[agentops::session]
#[tokio::test]
async fn attribute_may_stand_above_that_of_a_test() {
    let captured = capture_async(outer()).await;
    assert_eq!(captured.tree(), WHOLE);
}

#[tokio::test]
#[agentops::session]
async fn attribute_may_stand_below_that_of_a_test() {
    let captured = capture_async(async { tokio::join!(outer(), ready(())) }).await;
    assert_eq!(captured.tree(), WHOLE);
}

#[tokio::test]
async fn branch_that_loses_a_select_is_cancelled() {
    #[agentops::session]
    async fn waits() -> u32 {
        pending().await
    }

    let captured = capture_async(async {
        tokio::select! {
            biased;
            _ = waits() => unreachable!("it waits for ever"),
            value = outer() => assert_eq!(value, 3),
        }
    });
    let tree = captured.await.tree();
    assert_eq!(tree, format!("session waits: cancelled\n{WHOLE}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn spawned_task_belongs_to_the_session_that_it_is_given() {
    #[agentops::session]
    async fn spawns() -> u32 {
        let session = Session::current().unwrap();
        let task = tokio::spawn(session.instrument(inner()));
        task.await.unwrap()
    }

    let captured = capture_async(spawns()).await;
    assert_eq!(captured.tree(), "session spawns\n  llm_call chat gpt-4o\n");
}
