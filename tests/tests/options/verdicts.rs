//! `ok_if` and `err_if`: which values are successes.

use std::cell::Cell;

use agentops_tests::program::uninitialized;
use agentops_tests::{Span, Telemetry};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

use crate::{block_on, panics};

type Answer = Result<u8, String>;

fn answer(number: u8) -> Answer {
    match number {
        0 => Err("nothing".to_owned()),
        number => Ok(number),
    }
}

#[agentops::task(ok_if = |answer| !matches!(answer, Ok(9)))]
fn decides(number: u8) -> Answer {
    answer(number)
}

#[agentops::workflow(ok_if = |answer| !matches!(answer, Ok(9)))]
async fn decides_async(number: u8) -> Answer {
    tokio::task::yield_now().await;
    answer(number)
}

#[agentops::operation(leaf, ok_if = |answer| !matches!(answer, Ok(9)))]
fn decides_leaf(number: u8) -> Answer {
    answer(number)
}

fn statuses(spans: &[Span]) -> Vec<StatusCode> {
    spans.iter().map(Span::status).collect()
}

#[test]
fn ok_if_decides_alone_what_is_a_success() {
    let calls: [fn(u8) -> Answer; 3] = [decides, |n| block_on(decides_async(n)), decides_leaf];
    for call in calls {
        let spans = Telemetry::record(|| [0, 1, 9].map(call)).spans;
        let expected = [StatusCode::Ok, StatusCode::Ok, StatusCode::Error];
        assert_eq!(statuses(&spans), expected);
        assert!(spans[0].events().is_empty(), "a success is no exception");
        assert_eq!(spans[0].str("error.type"), None);
        assert_eq!(spans[2].status_message(), "`ok_if` says no");
    }
}

#[agentops::tool(err_if = |answer| matches!(answer, Ok(9)))]
fn adds(number: u8) -> Answer {
    answer(number)
}

#[agentops::agent(err_if = |answer| matches!(answer, Ok(9)))]
async fn adds_async(number: u8) -> Answer {
    tokio::task::yield_now().await;
    answer(number)
}

#[agentops::operation(leaf, err_if = |answer| matches!(answer, Ok(9)))]
fn adds_leaf(number: u8) -> Answer {
    answer(number)
}

#[test]
fn err_if_adds_errors_to_those_there_are() {
    let calls: [fn(u8) -> Answer; 3] = [adds, |n| block_on(adds_async(n)), adds_leaf];
    for call in calls {
        let spans = Telemetry::record(|| [0, 1, 9].map(call)).spans;
        let expected = [StatusCode::Error, StatusCode::Ok, StatusCode::Error];
        assert_eq!(statuses(&spans), expected);
        assert_eq!(spans[0].status_message(), "nothing");
        assert_eq!(spans[2].status_message(), "`err_if` says so");
        assert!(spans[2].str("error.type").is_some());
    }
}

#[test]
fn values_that_are_no_results_are_judged_too() {
    #[agentops::guardrail(ok_if = Option::is_some)]
    fn found(number: u8) -> Option<u8> {
        number.checked_sub(1)
    }

    #[agentops::task(err_if = Vec::is_empty)]
    async fn listed(number: u8) -> Vec<u8> {
        (0..number).collect()
    }

    let spans = Telemetry::record(|| {
        found(0);
        found(1);
        block_on(listed(0));
        block_on(listed(1));
    })
    .spans;
    let (failed, succeeded) = (StatusCode::Error, StatusCode::Ok);
    assert_eq!(
        statuses(&spans),
        [failed, succeeded, failed, StatusCode::Unset]
    );
}

#[test]
fn words_of_the_error_stay_where_a_verdict_agrees() {
    #[agentops::task(ok_if = Result::is_ok, err(|error| format!("said: {error}"), type = |_| "Said"))]
    fn run() -> Answer {
        answer(0)
    }

    let spans = Telemetry::record(run).spans;
    let span = spans.named("run");
    assert_eq!(span.status_message(), "said: nothing");
    assert_eq!(span.str("error.type"), Some("Said"));
}

thread_local! {
    /// How often a closure on a value ran.
    static LOOKED: Cell<u8> = const { Cell::new(0) };
}

fn look<T>(_: &T) -> bool {
    LOOKED.set(LOOKED.get() + 1);
    true
}

#[agentops::task(ok_if = look)]
fn looked_at() -> u8 {
    1
}

#[agentops::task(err_if = look)]
async fn looked_at_async() -> Answer {
    answer(1)
}

#[test]
fn verdict_is_asked_for_once_and_not_without_init() {
    let calls = || {
        looked_at();
        block_on(looked_at_async()).unwrap();
    };
    LOOKED.set(0);
    uninitialized(calls);
    assert_eq!(LOOKED.get(), 0);
    Telemetry::record(calls);
    assert_eq!(LOOKED.get(), 2);
}

#[test]
fn verdict_that_panics_says_nothing() {
    #[agentops::task(ok_if = |_| panics())]
    fn ok(number: u8) -> Answer {
        answer(number)
    }

    #[agentops::task(err_if = |_| panics())]
    async fn err(number: u8) -> Answer {
        answer(number)
    }

    let spans = Telemetry::record(|| {
        assert_eq!((ok(0), ok(1)), (answer(0), Ok(1)));
        assert_eq!(
            [0, 1].map(|number| block_on(err(number))),
            [answer(0), Ok(1)]
        );
    })
    .spans;
    let expected = [StatusCode::Error, StatusCode::Ok].repeat(2);
    assert_eq!(statuses(&spans), expected);
}
