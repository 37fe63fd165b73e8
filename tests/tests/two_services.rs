//! Two services and one session, run as a person runs them.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use std::time::Duration;

use agentops_tests::spool::read;
use agentops_tests::{Collector, Exit, Spans, Tree, example};

const TIMEOUT: Duration = Duration::from_mins(1);

const TREE: &str = "
    session help: ok
      session answer: ok
        tool execute_tool model_of: unset
        llm_call chat gpt-4o (12 in, 57 out): ok
";

#[track_caller]
fn assert_one_session(spans: &Spans) {
    Tree::of(spans).assert_eq(TREE);
    let session = spans.named("help");
    for span in spans.iter() {
        assert_eq!(span.trace_id(), session.trace_id(), "{}", span.name());
        let ids = [span, session].map(|span| span.str("session.id"));
        assert_eq!(ids[0], ids[1], "{}", span.name());
        assert!(ids[0].is_some());
        let service = match span.name() {
            "help" => "desk",
            _ => "expert",
        };
        assert_eq!(span.resource().str("service.name"), Some(service));
    }
    // The user is what this service says of its session; another service must be told.
    assert_eq!(session.str("user.id"), Some("ada"));
}

#[test]
fn both_processes_make_one_tree_at_the_endpoint() {
    let collector = Collector::start();
    let home = tempfile::tempdir().unwrap();
    let exit = example("two_services")
        .env("HOME", home.path())
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
        .run(TIMEOUT);
    exit.assert_success();
    assert_one_session(&collector.spans());
}

#[test]
fn both_processes_make_one_tree_on_this_machine() {
    let home = tempfile::tempdir().unwrap();
    let exit = example("two_services")
        .env("HOME", home.path())
        .run(TIMEOUT);
    exit.assert_success();
    let spool = home.path().join(".agentops/spool/local");
    let told = format!(
        "expert: 3 spans in {}\ndesk: 1 span in {}\n",
        spool.display(),
        spool.display()
    );
    assert!(exit.stdout.ends_with(&told), "{}", exit.stdout);
    assert_one_session(&read(&spool).0);
}

/// Runs the first service alone, against a server that takes down what it is sent.
fn ask(server: &Collector, collector: &Collector) -> Exit {
    let home = tempfile::tempdir().unwrap();
    example("two_services")
        .arg("desk")
        .arg(server.endpoint())
        .env("HOME", home.path())
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
        .run(TIMEOUT)
}

#[test]
fn server_sees_the_trace_and_all_baggage_in_headers() {
    let (server, collector) = (Collector::start(), Collector::start());
    server.answer_always(200, &[], "Baggage is luggage.");
    let exit = ask(&server, &collector);
    exit.assert_success();
    assert!(
        exit.stdout.starts_with("Baggage is luggage.\n"),
        "{}",
        exit.stdout
    );

    let spans = collector.spans();
    let session = spans.named("help");
    let requests = server.requests();
    let [request] = &requests[..] else {
        panic!("{} requests", requests.len());
    };
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/answers")
    );
    let header = |name: &str| {
        let mut found = request.headers.iter().filter(|(known, _)| known == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "two headers are named `{name}`");
        value
    };
    let parent = format!("00-{}-{}-01", session.trace_id(), session.span_id());
    assert_eq!(header("traceparent"), Some(parent.as_str()));
    let id = session.str("session.id").unwrap();
    let baggage = format!("session.id={id},tenant=acme");
    assert_eq!(header("baggage"), Some(baggage.as_str()));
}

#[test]
fn failure_of_the_second_service_is_told_in_the_first() {
    let (server, collector) = (Collector::start(), Collector::start());
    server.answer_always(503, &[], "closed");
    let exit = ask(&server, &collector);
    assert_eq!(exit.status.code(), Some(1));
    let spans = collector.spans();
    Tree::of(&spans)
        .assert_eq("session help: error, the expert answered 503 Service Unavailable: closed");
}
