//! How spans say what became of their function: value, error, panic, cancellation.

use std::cell::Cell;
use std::fmt;
use std::future::{Future, pending};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Waker};

use agentops_tests::{Span, Telemetry, Tree};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

use crate::{record_async, record_on_workers};

#[derive(Debug)]
struct Refused(u16);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}", self.0)
    }
}

impl std::error::Error for Refused {}

#[agentops::session]
fn fetch(status: u16) -> Result<u16, Refused> {
    match status {
        200 => Ok(status),
        _ => Err(Refused(status)),
    }
}

#[agentops::session]
async fn fetch_async(status: u16) -> Result<u16, Refused> {
    tokio::task::yield_now().await;
    fetch(status)?;
    tokio::task::yield_now().await;
    Ok(status)
}

#[track_caller]
fn assert_failed_as_refused(span: &Span) {
    assert_eq!(span.status(), StatusCode::Error);
    assert_eq!(span.status_message(), "status 503");
    let error_type = span.str("error.type").unwrap();
    assert!(error_type.ends_with("outcomes::Refused"), "{error_type}");
    assert_eq!(span.str("agentops.session.end_state"), Some("Error"));
    let [event] = span.events()[..] else {
        panic!("one exception makes one event, not {}", span.events().len());
    };
    assert_eq!(event.name(), "exception");
    assert_eq!(
        event.attributes().str("exception.type"),
        span.str("error.type")
    );
    assert_eq!(
        event.attributes().str("exception.message"),
        Some("status 503")
    );
}

#[test]
fn ok_is_a_success() {
    let spans = Telemetry::record(|| fetch(200)).spans;
    let span = spans.named("fetch");
    assert_eq!(span.status(), StatusCode::Ok);
    assert_eq!(span.status_message(), "");
    assert_eq!(span.str("agentops.session.end_state"), Some("Success"));
    assert_eq!(span.str("error.type"), None);
    assert!(span.events().is_empty());
}

#[test]
fn err_is_a_failure_with_one_exception() {
    let spans = Telemetry::record(|| fetch(503)).spans;
    assert_failed_as_refused(spans.named("fetch"));
}

#[test]
fn err_of_an_async_function_is_a_failure_with_one_exception() {
    let spans = record_async(fetch_async(503)).spans;
    assert_failed_as_refused(spans.named("fetch"));
    assert_failed_as_refused(spans.named("fetch_async"));
}

#[test]
fn error_needs_neither_display_nor_debug() {
    struct Silent;
    #[derive(Debug)]
    struct Terse;

    #[agentops::session]
    fn silent() -> Result<(), Silent> {
        Err(Silent)
    }

    #[agentops::session]
    fn terse() -> Result<(), Terse> {
        Err(Terse)
    }

    let spans = Telemetry::record(|| {
        drop(silent());
        drop(terse());
    })
    .spans;
    for (name, message) in [("silent", ""), ("terse", "Terse")] {
        let span = spans.named(name);
        assert_eq!(span.status(), StatusCode::Error);
        assert_eq!(span.status_message(), message);
        assert_eq!(span.events().len(), 1);
    }
}

#[test]
fn display_that_panics_does_not_spread() {
    struct Bomb;
    impl fmt::Display for Bomb {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("formatting fails")
        }
    }

    #[agentops::session]
    fn explode() -> Result<(), Bomb> {
        Err(Bomb)
    }

    let spans = Telemetry::record(|| assert!(explode().is_err())).spans;
    assert_eq!(spans.named("explode").status(), StatusCode::Error);
}

#[test]
fn other_values_say_nothing_of_success() {
    #[agentops::session]
    fn count() -> usize {
        3
    }

    let spans = Telemetry::record(count).spans;
    let span = spans.named("count");
    assert_eq!(span.status(), StatusCode::Unset);
    assert_eq!(span.str("agentops.session.end_state"), Some("Success"));
}

#[track_caller]
fn assert_panicked(span: &Span) {
    assert_eq!(span.status(), StatusCode::Error);
    assert_eq!(span.status_message(), "panicked");
    assert_eq!(span.str("error.type"), Some("panic"));
    if span.str("agentops.span.kind") == Some("session") {
        assert_eq!(span.str("agentops.session.end_state"), Some("Error"));
    }
}

#[agentops::llm_call(model = "gpt-4o")]
fn fails(word: &str) -> Result<usize, Refused> {
    assert!(!word.is_empty(), "no word");
    Ok(word.len())
}

#[agentops::session]
async fn fails_later() -> Result<usize, Refused> {
    tokio::task::yield_now().await;
    fails("")
}

#[test]
fn panic_ends_the_spans_that_it_unwinds_and_goes_on() {
    #[agentops::session]
    fn run() -> Result<usize, Refused> {
        fails("")
    }

    let spans = Telemetry::record(|| {
        let payload = catch_unwind(AssertUnwindSafe(run)).unwrap_err();
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"no word"));
    })
    .spans;
    assert_eq!(spans.len(), 2);
    for span in spans.iter() {
        assert_panicked(span);
    }
}

#[test]
fn panic_that_is_caught_within_leaves_the_outer_span_alone() {
    #[agentops::session]
    fn run() -> Result<(), Refused> {
        assert!(catch_unwind(|| fails("")).is_err());
        Ok(())
    }

    let spans = Telemetry::record(|| run().unwrap()).spans;
    assert_panicked(spans.named("chat gpt-4o"));
    assert_eq!(spans.named("run").status(), StatusCode::Ok);
}

#[test]
fn panic_in_a_spawned_task_ends_its_spans() {
    let spans = record_on_workers(async {
        let error = tokio::spawn(fails_later()).await.unwrap_err();
        assert!(error.is_panic());
    })
    .spans;
    Tree::of(&spans).assert_eq(
        "
        session fails_later: error, panicked
          llm_call chat gpt-4o: error, panicked
        ",
    );
    assert_panicked(spans.named("fails_later"));
}

#[agentops::session]
async fn waits() -> Result<(), Refused> {
    never().await
}

#[agentops::llm_call(model = "gpt-4o")]
async fn never() -> Result<(), Refused> {
    pending().await
}

#[track_caller]
fn assert_cancelled(span: &Span) {
    assert_eq!(span.status(), StatusCode::Error);
    assert_eq!(span.status_message(), "dropped before completion");
    assert_eq!(span.str("error.type"), Some("cancelled"));
    if span.str("agentops.span.kind") == Some("session") {
        assert_eq!(span.str("agentops.session.end_state"), Some("Cancelled"));
    }
    assert!(span.events().is_empty());
}

#[test]
fn future_that_loses_a_select_is_cancelled() {
    let spans = record_async(async {
        tokio::select! {
            biased;
            _ = waits() => unreachable!("it waits for ever"),
            () = std::future::ready(()) => {}
        }
    })
    .spans;
    assert_eq!(spans.len(), 2);
    for span in spans.iter() {
        assert_cancelled(span);
    }
    assert!(spans.named("chat gpt-4o").is_child_of(spans.named("waits")));
}

#[test]
fn task_that_is_aborted_is_cancelled() {
    let spans = record_on_workers(async {
        let (polled, is_polled) = tokio::sync::oneshot::channel();
        let task = tokio::spawn(async {
            let mut waits = pin!(waits());
            assert!(poll_once(waits.as_mut()));
            polled.send(()).unwrap();
            drop(waits.await);
        });
        is_polled.await.unwrap();
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
    })
    .spans;
    assert_cancelled(spans.named("waits"));
    assert_cancelled(spans.named("chat gpt-4o"));
}

#[test]
fn future_dropped_after_its_first_poll_is_cancelled() {
    let spans = Telemetry::record(|| {
        let mut future = Box::pin(waits());
        assert!(poll_once(future.as_mut()));
    })
    .spans;
    assert_cancelled(spans.named("waits"));
}

#[test]
fn future_dropped_before_its_first_poll_makes_no_span() {
    let received = Telemetry::record(waits);
    assert!(received.spans.is_empty());
    assert_eq!(received.report.traces.ended, 0);
}

/// Whether a future is still pending after one more poll.
fn poll_once(future: std::pin::Pin<&mut impl Future>) -> bool {
    let mut cx = Context::from_waker(Waker::noop());
    future.poll(&mut cx).is_pending()
}

#[test]
fn error_of_any_length_is_told_to_the_limit_and_masked_across_it() {
    struct Long(Cell<usize>);

    impl fmt::Display for &Long {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            for _ in 1..(256 << 10) / 16 {
                f.write_str("0123456789 abcd ")?;
            }
            self.0.set(1);
            // Sixteen bytes of this fit, which do not look like a secret.
            f.write_str("postgres://app:hunter2@db")?;
            for _ in 0..1_000 {
                f.write_str("0123456789 abcd ")?;
            }
            self.0.set(2);
            Ok(())
        }
    }

    #[agentops::session]
    fn run(long: &Long) -> Result<usize, &Long> {
        Err(long)
    }

    let long = Long(Cell::new(0));
    let received = Telemetry::record(|| {
        run(&long).unwrap_err();
    });
    let message = received.spans.named("run").status_message();
    assert_eq!(message.len(), 256 << 10);
    assert!(message.ends_with("postgres://app:["));
    assert_eq!(long.0.get(), 1, "what is not recorded is not formatted");
}
