//! Spans of other OpenTelemetry code, below ours and above them.

use agentops::Session;
use agentops::otel::opentelemetry::trace::{
    Span as _, SpanKind, Status, TraceContextExt as _, Tracer as _,
};
use agentops::otel::opentelemetry::{Context, InstrumentationScope, KeyValue, global};
use agentops_tests::{Telemetry, Tree};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

#[agentops::session]
fn run() {
    let tracer = global::tracer("http-client");
    tracer.in_span("GET /search", |cx| {
        cx.span().set_attribute(KeyValue::new("attempt", 1));
        ask();
    });
}

#[agentops::llm_call(model = "gpt-4o")]
fn ask() {}

#[test]
fn foreign_span_nests_below_ours_and_ours_below_it() {
    let spans = Telemetry::record(run).spans;
    Tree::of(&spans).assert_eq(
        "
        session run: unset
          internal GET /search: unset
            llm_call chat gpt-4o: unset
        ",
    );
    let ids: Vec<_> = spans.iter().map(|span| span.str("session.id")).collect();
    assert!(ids[0].is_some());
    assert_eq!(ids, [ids[0]; 3]);
    assert_eq!(spans.named("GET /search").int("attempt"), Some(1));
}

#[test]
fn session_below_a_foreign_span_belongs_to_its_trace() {
    let spans =
        Telemetry::record(|| global::tracer("http-server").in_span("POST /run", |_| run())).spans;
    Tree::of(&spans).assert_eq(
        "
        internal POST /run: unset
          session run: unset
            internal GET /search: unset
              llm_call chat gpt-4o: unset
        ",
    );
    assert_eq!(spans.named("POST /run").str("session.id"), None);
}

#[test]
fn foreign_span_keeps_what_it_says_of_itself() {
    let spans = Telemetry::record(|| {
        let scope = InstrumentationScope::builder("db")
            .with_version("3.1")
            .build();
        let tracer = global::tracer_with_scope(scope);
        let mut first = tracer
            .span_builder("SELECT")
            .with_kind(SpanKind::Client)
            .with_attributes([KeyValue::new("rows", 3)])
            .start(&tracer);
        first.add_event("slow", vec![KeyValue::new("ms", 120)]);
        first.set_status(Status::error("no table"));
        let linked = first.span_context().clone();
        first.end();
        let mut second = tracer.start("INSERT");
        second.add_link(linked, vec![KeyValue::new("why", "retry")]);
        second.end();
    })
    .spans;
    let (first, second) = (spans.named("SELECT"), spans.named("INSERT"));
    assert_eq!(first.scope_name(), "db");
    assert_eq!(first.scope_version(), "3.1");
    assert_eq!(format!("{:?}", first.kind()), "Client");
    assert_eq!(first.int("rows"), Some(3));
    assert_eq!(first.status(), StatusCode::Error);
    assert_eq!(first.status_message(), "no table");
    assert_eq!(first.events()[0].name(), "slow");
    assert_eq!(first.events()[0].attributes().int("ms"), Some(120));
    assert_eq!(second.proto.links[0].span_id, first.proto.span_id);
    assert_eq!(second.parent_id(), None);
    assert_eq!(first.resource().keys(), second.resource().keys());
}

#[test]
fn foreign_span_on_another_thread_follows_the_context() {
    #[agentops::session]
    fn hands_on() {
        let cx = Context::current();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                let _attached = cx.attach();
                global::tracer("worker").in_span("work", |_| ask());
            });
        });
    }

    let spans = Telemetry::record(hands_on).spans;
    Tree::of(&spans).assert_eq(
        "
        session hands_on: unset
          internal work: unset
            llm_call chat gpt-4o: unset
        ",
    );
}

#[test]
fn our_span_can_be_named_and_judged_through_the_context() {
    #[agentops::session]
    fn renamed() {
        let cx = Context::current();
        cx.span().update_name("nightly");
        cx.span().set_status(Status::error("late"));
    }

    let spans = Telemetry::record(renamed).spans;
    let span = spans.named("nightly");
    assert_eq!(span.status(), StatusCode::Error);
    assert_eq!(span.status_message(), "late");
    assert_eq!(span.str("agentops.session.end_state"), Some("Error"));
}

#[test]
fn foreign_span_of_a_session_that_was_started_by_hand_carries_its_id() {
    let spans = Telemetry::record(|| {
        let session = Session::start("report");
        let _entered = session.enter();
        global::tracer("other").in_span("inner", |_| {});
    })
    .spans;
    let (report, inner) = (spans.named("report"), spans.named("inner"));
    assert!(inner.is_child_of(report));
    assert_eq!(inner.str("session.id"), report.str("session.id"));
}
