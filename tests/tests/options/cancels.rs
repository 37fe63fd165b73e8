//! `on_cancel`: what a future is that was dropped before its end.

use std::future::{Future, pending};
use std::pin::pin;
use std::task::{Context, Waker};

use agentops_tests::{Span, Telemetry};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

/// Runs a future to where it waits, and drops it.
fn cancel(future: impl Future<Output = ()>) {
    let mut future = pin!(future);
    let polled = future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()));
    assert!(polled.is_pending());
}

#[agentops::session]
async fn plain() {
    pending::<()>().await;
}

#[agentops::session(on_cancel = error)]
async fn error() {
    pending::<()>().await;
}

#[agentops::session(on_cancel = ok)]
async fn ok() {
    pending::<()>().await;
}

#[agentops::session(on_cancel = unset)]
async fn unset() {
    pending::<()>().await;
}

fn record() -> [Span; 4] {
    let received = Telemetry::record(|| {
        cancel(plain());
        cancel(error());
        cancel(ok());
        cancel(unset());
    });
    ["plain", "error", "ok", "unset"].map(|name| received.spans.named(name).clone())
}

#[test]
fn cancelled_session_has_the_status_that_is_asked_for() {
    let statuses = record().map(|span| span.status());
    let [error, ok, unset] = [StatusCode::Error, StatusCode::Ok, StatusCode::Unset];
    assert_eq!(statuses, [error, error, ok, unset]);
}

#[test]
fn cancelled_session_says_so_whatever_its_status() {
    for span in record() {
        let state = span.str("agentops.session.end_state");
        assert_eq!(state, Some("Cancelled"), "{}", span.name());
    }
}

#[test]
fn cancellation_that_is_no_error_has_no_error_type() {
    let types = record().map(|span| span.str("error.type").map(str::to_owned));
    let cancelled = Some("cancelled".to_owned());
    assert_eq!(types, [cancelled.clone(), cancelled, None, None]);
}

#[test]
fn cancellation_that_is_no_error_is_none_in_metrics() {
    #[agentops::tool(on_cancel = ok)]
    async fn hedged() {
        pending::<()>().await;
    }

    #[agentops::tool]
    async fn awaited() {
        pending::<()>().await;
    }

    let metrics = Telemetry::record(|| {
        cancel(hedged());
        cancel(awaited());
    })
    .metrics;
    let duration = metrics.named("gen_ai.execute_tool.duration");
    let error_of = |tool| {
        let point = duration.point(&[("gen_ai.tool.name", tool)]);
        point.attributes().str("error.type")
    };
    assert_eq!(error_of("hedged"), None);
    assert_eq!(error_of("awaited"), Some("cancelled"));
}

#[test]
fn return_and_panic_are_no_cancellation() {
    #[agentops::task(on_cancel = ok)]
    async fn returns() -> Result<(), std::fmt::Error> {
        Err(std::fmt::Error)
    }

    #[agentops::task(on_cancel = ok)]
    async fn panics() {
        panic!("no budget left");
    }

    let spans = Telemetry::record(|| {
        crate::block_on(returns()).unwrap_err();
        std::panic::catch_unwind(|| crate::block_on(panics())).unwrap_err();
    })
    .spans;
    for span in spans.iter() {
        assert_eq!(span.status(), StatusCode::Error, "{}", span.name());
    }
    assert_eq!(spans.named("panics").str("error.type"), Some("panic"));
}
