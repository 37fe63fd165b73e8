//! Spans of other OpenTelemetry code, below ours and above them.

use agentops::Session;
use agentops::otel::opentelemetry::trace::{
    Span as _, SpanContext, SpanId, SpanKind, Status, TraceContextExt as _, TraceFlags, TraceId,
    TraceState, Tracer as _,
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
fn the_last_error_said_of_our_span_counts_and_success_is_final() {
    #[agentops::task]
    fn failing() {
        let cx = Context::current();
        cx.span().set_status(Status::error("timed out"));
        cx.span().set_status(Status::error("gave up"));
        cx.span().set_status(Status::Unset);
    }

    #[agentops::task]
    fn saved() {
        let cx = Context::current();
        cx.span().set_status(Status::error("timed out"));
        cx.span().set_status(Status::Ok);
        cx.span().set_status(Status::error("late"));
    }

    let spans = Telemetry::record(|| {
        failing();
        saved();
    })
    .spans;
    let (failing, saved) = (spans.named("failing"), spans.named("saved"));
    assert_eq!(failing.status(), StatusCode::Error);
    assert_eq!(failing.status_message(), "gave up");
    assert_eq!(saved.status(), StatusCode::Ok);
    assert_eq!(saved.status_message(), "");
}

/// Says all that can be said of the current span.
fn say_of(cx: &Context, n: i64) {
    let span = cx.span();
    assert!(span.is_recording());
    span.set_attribute(KeyValue::new(format!("n{n}"), n));
    span.add_event(format!("event {n}"), vec![KeyValue::new("n", n)]);
    let link = SpanContext::new(
        TraceId::from(7),
        SpanId::from(n.unsigned_abs()),
        TraceFlags::SAMPLED,
        true,
        TraceState::NONE,
    );
    span.add_link(link, vec![KeyValue::new("n", n)]);
    span.update_name(format!("name {n}"));
    span.set_status(Status::error(format!("error {n}")));
}

#[test]
fn what_other_code_says_of_our_span_across_awaits_tasks_and_threads_is_on_it() {
    #[agentops::agent]
    async fn plans() -> Context {
        say_of(&Context::current(), 1);
        tokio::task::yield_now().await;
        say_of(&Context::current(), 2);
        agentops::spawn(async { say_of(&Context::current(), 3) })
            .await
            .unwrap();
        let cx = Context::current();
        std::thread::scope(|scope| {
            scope.spawn(|| say_of(&cx, 4));
        });
        cx
    }

    let received = Telemetry::record(|| {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .build()
            .unwrap();
        let cx = runtime.block_on(plans());
        assert!(!cx.span().is_recording());
        cx.span().add_event("late", Vec::new());
        cx.span().update_name("late");
    });
    let spans = received.spans;
    let span = spans.named("name 4");
    assert_eq!(spans.len(), 1);
    assert_eq!(span.status_message(), "error 4");
    for n in 1..=4 {
        assert_eq!(span.int(&format!("n{n}")), Some(n));
    }
    let names: Vec<_> = span.events().iter().map(|event| event.name()).collect();
    assert_eq!(names, ["event 1", "event 2", "event 3", "event 4"]);
    let links: Vec<_> = span
        .proto
        .links
        .iter()
        .map(|link| link.span_id[7])
        .collect();
    assert_eq!(links, [1, 2, 3, 4]);
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
