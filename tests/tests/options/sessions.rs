//! `id`, `user`, `metadata`, `extract` and `end_state` of a session.

use std::cell::Cell;
use std::collections::HashMap;

use agentops::otel::opentelemetry_sdk::trace::Sampler;
use agentops::{EndState, Session};
use agentops_tests::program::uninitialized;
use agentops_tests::{Span, Telemetry};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

use crate::{block_on, panics};

type Headers = HashMap<String, String>;

#[agentops::session(id = id, user = user, metadata(plan = plan, size = ?plan.len()), extract = headers)]
fn serve(id: &str, user: &str, plan: &str, headers: &Headers) {
    assert_eq!(Session::current().unwrap().id(), id);
    let _ = (user, plan, headers);
}

#[agentops::session(id = id, user = user, metadata(plan = plan, size = ?plan.len()), extract = headers)]
async fn serve_async(id: &str, user: &str, plan: &str, headers: &Headers) {
    tokio::task::yield_now().await;
    assert_eq!(Session::current().unwrap().id(), id);
    let _ = (user, plan, headers);
}

#[test]
fn session_says_who_it_is_and_what_request_it_is_part_of() {
    let header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let headers = Headers::from([("traceparent".to_owned(), header.to_owned())]);
    let spans = Telemetry::record(|| {
        serve("s-1", "u-7", "pro", &headers);
        block_on(serve_async("s-1", "u-7", "pro", &headers));
    })
    .spans;
    for name in ["serve", "serve_async"] {
        let session = spans.named(name);
        assert_eq!(session.str("session.id"), Some("s-1"), "{name}");
        assert_eq!(session.str("user.id"), Some("u-7"), "{name}");
        assert_eq!(session.str("agentops.metadata.plan"), Some("pro"));
        assert_eq!(session.str("agentops.metadata.size"), Some("3"));
        assert_eq!(session.parent_id().as_deref(), Some("b7ad6b7169203331"));
    }
}

#[test]
fn session_without_options_has_an_id_of_its_own_and_no_user() {
    #[agentops::session]
    fn run() {}

    let spans = Telemetry::record(|| {
        run();
        run();
    })
    .spans;
    let [first, second] = spans.all_named("run")[..] else {
        panic!("it ran twice")
    };
    assert_ne!(first.str("session.id"), second.str("session.id"));
    for span in [first, second] {
        assert_eq!(span.str("session.id").map(str::len), Some(36));
        assert_eq!(span.str("user.id"), None);
        assert_eq!(span.parent_id(), None);
    }
}

/// Of each end: `Err` for 0, a panic for 9.
fn number(number: u8) -> Result<u8, String> {
    assert_ne!(number, 9, "no number");
    match number {
        0 => Err("nothing".to_owned()),
        number => Ok(number),
    }
}

fn state_of(result: &Result<u8, String>) -> EndState {
    match result {
        Ok(2) => EndState::Error,
        Ok(3) => EndState::Indeterminate,
        Ok(4) => EndState::Cancelled,
        Ok(1) | Err(_) => EndState::Success,
        Ok(_) => EndState::Other("Postponed".to_owned()),
    }
}

#[agentops::session(end_state = state_of)]
fn run(n: u8) -> Result<u8, String> {
    number(n)
}

#[agentops::session(end_state = |result| state_of(&result.clone()))]
async fn run_async(n: u8) -> Result<u8, String> {
    tokio::task::yield_now().await;
    number(n)
}

fn end_of(span: &Span) -> (Option<&str>, StatusCode) {
    (span.str("agentops.session.end_state"), span.status())
}

#[test]
fn end_state_is_what_the_value_says() {
    let calls: [fn(u8) -> Result<u8, String>; 2] = [run, |n| block_on(run_async(n))];
    for call in calls {
        for (n, state, status) in [
            (0, "Success", StatusCode::Ok),
            (1, "Success", StatusCode::Ok),
            (2, "Error", StatusCode::Error),
            (3, "Indeterminate", StatusCode::Ok),
            (4, "Cancelled", StatusCode::Error),
            (5, "Postponed", StatusCode::Ok),
        ] {
            let spans = Telemetry::record(|| call(n)).spans;
            assert_eq!(end_of(&spans[0]), (Some(state), status), "{n}");
        }
    }
}

#[test]
fn end_state_of_a_panic_is_an_error_whatever_is_asked_for() {
    let spans = Telemetry::record(|| {
        std::panic::catch_unwind(|| run(9)).unwrap_err();
        std::panic::catch_unwind(|| block_on(run_async(9))).unwrap_err();
    })
    .spans;
    assert_eq!(spans.len(), 2);
    for span in spans.iter() {
        assert_eq!(end_of(span), (Some("Error"), StatusCode::Error));
    }
}

#[test]
fn end_state_that_panics_says_nothing() {
    #[agentops::session(end_state = |_| panics())]
    fn run(n: u8) -> Result<u8, String> {
        number(n)
    }

    #[agentops::session(end_state = |_| panics())]
    async fn run_async(n: u8) -> u8 {
        n
    }

    let spans = Telemetry::record(|| {
        assert!(run(0).is_err());
        assert_eq!(block_on(run_async(1)), 1);
    })
    .spans;
    assert_eq!(
        end_of(spans.named("run")),
        (Some("Error"), StatusCode::Error)
    );
    assert_eq!(
        end_of(spans.named("run_async")),
        (Some("Success"), StatusCode::Unset)
    );
}

#[test]
fn end_state_counts_in_metrics_sampled_or_not() {
    for sampler in [Sampler::AlwaysOn, Sampler::AlwaysOff] {
        let telemetry = Telemetry::start_with(|config, _| config.sampler(sampler));
        run(2).unwrap();
        run(5).unwrap();
        block_on(run_async(4)).unwrap();
        let metrics = telemetry.stop().metrics;
        let duration = metrics.named("agentops.session.duration");
        for state in ["Error", "Other", "Cancelled"] {
            let point = duration.point(&[("agentops.session.end_state", state)]);
            assert_eq!(point.count(), 1, "{state}");
        }
    }
}

thread_local! {
    /// How often the end state was asked for.
    static ASKED: Cell<u8> = const { Cell::new(0) };
}

#[test]
fn end_state_is_asked_for_once_and_not_without_init() {
    fn asked<T>(_: &T) -> EndState {
        ASKED.set(ASKED.get() + 1);
        EndState::Success
    }

    #[agentops::session(end_state = asked)]
    fn run() -> u8 {
        1
    }

    ASKED.set(0);
    uninitialized(run);
    assert_eq!(ASKED.get(), 0);
    Telemetry::record(run);
    assert_eq!(ASKED.get(), 1);
}
