//! Baggage within the program, and what headers carry out of it.

use std::collections::HashMap;

use agentops::Session;
use agentops::otel::opentelemetry::baggage::BaggageExt as _;
use agentops::otel::opentelemetry::trace::TraceContextExt as _;
use agentops::otel::opentelemetry::{Context, global};
use agentops_tests::{Telemetry, program};

use crate::record_on_workers;

fn member(key: &str) -> Option<String> {
    let value = Context::map_current(|cx| cx.baggage().get(key).cloned());
    value.map(|value| value.as_str().to_owned())
}

fn injected() -> HashMap<String, String> {
    let mut headers = HashMap::new();
    global::get_text_map_propagator(|propagator| propagator.inject(&mut headers));
    headers
}

#[agentops::llm_call(model = "gpt-4o")]
fn ask(key: &str) -> Option<String> {
    member(key)
}

#[test]
fn baggage_of_the_attribute_is_in_the_context_of_callees() {
    #[agentops::session(baggage(tenant = tenant, "user.id" = 7))]
    fn run(tenant: &str) {
        assert_eq!(member("tenant").as_deref(), Some(tenant));
        assert_eq!(ask("tenant").as_deref(), Some(tenant));
        assert_eq!(ask("user.id").as_deref(), Some("7"));
    }

    Telemetry::record(|| {
        run("acme");
        assert_eq!(member("tenant"), None);
    });
}

#[test]
fn baggage_of_a_call_is_seen_below_it_only() {
    #[agentops::llm_call(model = "gpt-4o", baggage(attempt = 2))]
    fn retry() -> Option<String> {
        ask("attempt")
    }

    #[agentops::session]
    fn run() {
        assert_eq!(retry().as_deref(), Some("2"));
        assert_eq!(ask("attempt"), None);
    }

    Telemetry::record(run);
}

#[test]
fn added_baggage_is_in_the_context_of_what_begins_later() {
    #[agentops::session]
    fn run() {
        let session = Session::current().unwrap();
        session.add_baggage("tenant", "acme").unwrap();
        assert_eq!(session.get_baggage_value("tenant").as_deref(), Some("acme"));
        assert_eq!(ask("tenant").as_deref(), Some("acme"));
        session.add_baggage("tenant", "ajax").unwrap();
        assert_eq!(ask("tenant").as_deref(), Some("ajax"));
        assert_eq!(session.get_baggage_value("user"), None);
    }

    Telemetry::record(run);
}

#[test]
fn added_baggage_follows_the_session_across_worker_threads() {
    #[agentops::session]
    async fn run(tenant: String) {
        let session = Session::current().unwrap();
        session.add_baggage("tenant", &tenant).unwrap();
        for _ in 0..8 {
            let found = tokio::spawn(session.instrument(async { ask("tenant") }));
            assert_eq!(found.await.unwrap(), Some(tenant.clone()));
        }
    }

    record_on_workers(async {
        let runs = [0, 1, 2, 3].map(|number| tokio::spawn(run(format!("tenant-{number}"))));
        for run in runs {
            run.await.unwrap();
        }
    });
}

#[test]
fn baggage_that_no_header_can_carry_is_refused() {
    Telemetry::record(|| {
        let session = Session::start("run");
        for (key, value, message) in [
            (
                "a b",
                "x",
                "invalid baggage `a b`: the key must be a W3C token: letters, digits and \
                 !#$%&'*+-.^_`|~",
            ),
            (
                "long",
                &"x".repeat(5_000),
                "invalid baggage `long`: key and value are longer than 4096 bytes once encoded",
            ),
        ] {
            let error = session.add_baggage(key, value).unwrap_err();
            assert_eq!(error.to_string(), message);
            assert_eq!(session.get_baggage_value(key), None);
        }
    });
}

#[test]
fn headers_carry_the_trace_and_of_baggage_the_session_only() {
    #[agentops::session(id = "s 1", baggage(user.id = "u-7"))]
    fn run() {
        Session::current()
            .unwrap()
            .add_baggage("tenant", "acme")
            .unwrap();
        call();
    }

    #[agentops::llm_call(model = "gpt-4o")]
    fn call() {
        let headers = injected();
        let span = Context::current().span().span_context().clone();
        let expected = format!("00-{}-{}-01", span.trace_id(), span.span_id());
        assert_eq!(headers["traceparent"], expected);
        assert_eq!(headers["baggage"], "session.id=s%201");
        agentops::record("seen", headers["traceparent"].clone());
    }

    let spans = Telemetry::record(run).spans;
    let call = spans.named("chat gpt-4o");
    let ids = format!("00-{}-{}-01", call.trace_id(), call.span_id());
    assert_eq!(call.str("seen"), Some(&*ids));
}

#[test]
fn headers_outside_any_span_are_empty() {
    Telemetry::record(|| {
        let mut headers = injected();
        headers.retain(|_, value| !value.is_empty());
        assert_eq!(headers, HashMap::new());
    });
}

#[test]
fn session_goes_on_where_its_headers_arrive() {
    #[agentops::session(id = "one")]
    fn caller() -> HashMap<String, String> {
        injected()
    }

    #[agentops::llm_call(model = "gpt-4o")]
    fn callee() {}

    let spans = Telemetry::record(|| {
        let headers = caller();
        let cx = global::get_text_map_propagator(|propagator| propagator.extract(&headers));
        let _attached = cx.attach();
        assert_eq!(member("session.id").as_deref(), Some("one"));
        callee();
    })
    .spans;
    let call = spans.named("chat gpt-4o");
    assert!(call.is_child_of(spans.named("caller")));
    assert_eq!(call.proto.flags, 0x301);
}

#[test]
fn what_was_injected_before_init_harms_nobody() {
    program::uninitialized(|| drop(injected()));
}
