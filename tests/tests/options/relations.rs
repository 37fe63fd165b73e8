//! `if`, `parent`, `root`, `links` and `kind`: where a span stands among others.

use std::thread;

use agentops::Session;
use agentops::otel::opentelemetry::baggage::BaggageExt as _;
use agentops::otel::opentelemetry::trace::{
    SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState,
};
use agentops::otel::opentelemetry::{Context, KeyValue};
use agentops_tests::{Span, Spans, Telemetry, Tree};
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;

use crate::block_on;

const TRACE: u128 = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c;
const SPAN: u64 = 0xb7ad_6b71_6920_3331;

/// A span of another service.
fn remote(flags: TraceFlags) -> SpanContext {
    let (trace_id, span_id) = (TraceId::from(TRACE), SpanId::from(SPAN));
    SpanContext::new(trace_id, span_id, flags, true, TraceState::NONE)
}

#[agentops::session]
fn outer<R>(f: impl FnOnce() -> R) -> R {
    f()
}

#[agentops::task]
fn inner() {}

#[agentops::task(parent = cx)]
fn below(cx: &Context) -> Option<String> {
    inner();
    let tenant = Context::current().baggage().get("tenant").cloned();
    tenant.map(|tenant| tenant.to_string())
}

#[agentops::tool(parent = cx)]
async fn below_async(cx: Context) {
    tokio::task::yield_now().await;
    inner();
    drop(cx);
}

#[agentops::operation(leaf, parent = cx)]
fn leaf_below(cx: &Context) -> bool {
    cx.has_active_span()
}

#[test]
fn span_hangs_below_the_context_of_another_thread() {
    let spans = Telemetry::record(|| {
        outer(|| {
            let cx = Context::current_with_baggage([KeyValue::new("tenant", "acme")]);
            thread::scope(|scope| {
                scope.spawn(|| {
                    assert_eq!(below(&cx).as_deref(), Some("acme"));
                    block_on(below_async(cx.clone()));
                    assert!(leaf_below(&cx));
                    assert!(!Context::current().has_active_span());
                });
            });
        });
    })
    .spans;
    Tree::of(&spans).assert_eq(
        "
        session outer: unset
          task below: unset
            task inner: unset
          tool execute_tool below_async: unset
            task inner: unset
          operation leaf_below: unset
        ",
    );
    let id = spans.named("outer").str("session.id");
    assert!(spans.iter().all(|span| span.str("session.id") == id));
}

#[test]
fn span_hangs_below_a_session_in_hand() {
    #[agentops::task(parent = session)]
    fn work(session: &Session) {
        inner();
        assert_eq!(Session::current().unwrap().id(), session.id());
    }

    #[agentops::workflow(parent = session)]
    async fn work_async(session: Option<&Session>) {
        inner();
    }

    let spans = Telemetry::record(|| {
        let session = Session::start("batch");
        outer(|| work(&session));
        block_on(work_async(Some(&session)));
        outer(|| block_on(work_async(None)));
    })
    .spans;
    let batch = spans.named("batch");
    let works = spans.children_of(batch);
    let names: Vec<_> = works.iter().map(|span| span.name()).collect();
    assert_eq!(names, ["work", "invoke_workflow work_async"]);
    for work in works {
        assert_eq!(work.str("session.id"), batch.str("session.id"));
        assert_eq!(spans.children_of(work).len(), 1);
    }
    let outer = spans.all_named("outer");
    let below = outer.iter().flat_map(|outer| spans.children_of(outer));
    let names: Vec<_> = below.map(Span::name).collect();
    assert_eq!(
        names,
        ["invoke_workflow work_async"],
        "`None` is the current one"
    );
}

#[agentops::agent(parent = parent)]
fn continues(parent: SpanContext) {
    inner();
    let _ = parent;
}

#[test]
fn span_hangs_below_a_span_of_another_service() {
    let spans = Telemetry::record(|| outer(|| continues(remote(TraceFlags::SAMPLED)))).spans;
    let (session, agent) = (spans.named("outer"), spans.named("invoke_agent continues"));
    assert_eq!(agent.trace_id(), format!("{TRACE:032x}"));
    assert_eq!(agent.parent_id(), Some(format!("{SPAN:016x}")));
    // Sampled; and it is known that the parent is remote.
    assert_eq!(agent.proto.flags, 0x301);
    assert!(spans.named("inner").is_child_of(agent));
    for span in spans.iter() {
        assert_eq!(span.str("session.id"), session.str("session.id"));
    }
}

#[test]
fn parent_decides_whether_a_span_is_sampled() {
    let spans = Telemetry::record(|| outer(|| continues(remote(TraceFlags::default())))).spans;
    assert_eq!(spans.names(), ["outer"]);
}

#[test]
fn parent_that_is_no_span_changes_nothing() {
    let spans = Telemetry::record(|| outer(|| continues(SpanContext::empty_context()))).spans;
    assert!(
        spans
            .named("invoke_agent continues")
            .is_child_of(spans.named("outer"))
    );
}

#[agentops::workflow(root)]
fn begins() {
    inner();
}

#[agentops::task(root)]
async fn begins_async() {
    tokio::task::yield_now().await;
    inner();
}

#[agentops::operation(leaf, root)]
fn leaf_begins() -> u8 {
    1
}

#[agentops::workflow(root = false)]
fn stays() {}

#[track_caller]
fn assert_links_to(span: &Span, others: &[&Span]) {
    let of = |span: &Span| (span.proto.trace_id.clone(), span.proto.span_id.clone());
    let links = span.proto.links.iter();
    let found: Vec<_> = links
        .map(|link| (link.trace_id.clone(), link.span_id.clone()))
        .collect();
    let others: Vec<_> = others.iter().map(|span| of(span)).collect();
    assert_eq!(found, others, "links of `{}`", span.name());
}

#[test]
fn root_begins_a_trace_in_the_same_session_and_links_to_the_one_before() {
    let spans = Telemetry::record(|| {
        outer(|| {
            begins();
            block_on(begins_async());
            leaf_begins();
            stays();
        });
    })
    .spans;
    let session = spans.named("outer");
    for name in ["invoke_workflow begins", "begins_async", "leaf_begins"] {
        let root = spans.named(name);
        assert_eq!(root.parent_id(), None, "{name}");
        assert_ne!(root.trace_id(), session.trace_id(), "{name}");
        assert_eq!(root.str("session.id"), session.str("session.id"), "{name}");
        assert_links_to(root, &[session]);
    }
    for name in ["invoke_workflow begins", "begins_async"] {
        assert_eq!(spans.children_of(spans.named(name)).len(), 1, "{name}");
    }
    let stays = spans.named("invoke_workflow stays");
    assert!(stays.is_child_of(session));
    assert_links_to(stays, &[]);
}

#[test]
fn root_that_is_one_anyway_links_to_nothing() {
    let spans = Telemetry::record(begins).spans;
    assert_links_to(spans.named("invoke_workflow begins"), &[]);
}

#[test]
fn links_name_one_span_or_several_or_none() {
    #[agentops::task(links = link)]
    fn one(link: SpanContext) {
        let _ = link;
    }

    #[agentops::tool(links = [first, second])]
    fn two(first: &Context, second: &Context) {
        let _ = (first, second);
    }

    #[agentops::agent(links = links)]
    async fn all(links: Vec<SpanContext>) {
        drop(links);
    }

    #[agentops::operation(leaf, links = link.clone())]
    fn leaf(link: Option<SpanContext>) -> bool {
        link.is_some()
    }

    #[agentops::session(links = links)]
    fn none(links: &[SpanContext]) {
        let _ = links;
    }

    #[agentops::task]
    fn named() -> Context {
        Context::current()
    }

    let spans = Telemetry::record(|| {
        let (a, b) = (named(), named());
        let of = |cx: &Context| cx.span().span_context().clone();
        one(of(&a));
        two(&a, &b);
        block_on(all(vec![of(&b), of(&a)]));
        leaf(Some(of(&a)));
        none(&[SpanContext::empty_context()]);
    })
    .spans;
    let [a, b] = spans.all_named("named")[..] else {
        panic!("two spans are linked to")
    };
    assert_links_to(spans.named("one"), &[a]);
    assert_links_to(spans.named("execute_tool two"), &[a, b]);
    assert_links_to(spans.named("invoke_agent all"), &[b, a]);
    assert_links_to(spans.named("leaf"), &[a]);
    assert_links_to(spans.named("none"), &[]);
}

#[test]
fn kind_is_on_the_wire() {
    #[agentops::llm_call(kind = internal, name = "internal")]
    fn internal() {}

    #[agentops::task(kind = client)]
    fn client() {}

    #[agentops::session(kind = server)]
    async fn server() {}

    #[agentops::operation(leaf, kind = producer)]
    fn producer() -> u8 {
        1
    }

    #[agentops::guardrail(kind = consumer)]
    async fn consumer() {}

    #[agentops::llm_call(name = "call")]
    fn call() {}

    #[agentops::guardrail]
    fn plain() {}

    let spans = Telemetry::record(|| {
        internal();
        client();
        block_on(server());
        producer();
        block_on(consumer());
        call();
        plain();
    })
    .spans;
    for (name, kind) in [
        ("internal", SpanKind::Internal),
        ("client", SpanKind::Client),
        ("server", SpanKind::Server),
        ("producer", SpanKind::Producer),
        ("consumer", SpanKind::Consumer),
        ("call", SpanKind::Client),
        ("plain", SpanKind::Internal),
    ] {
        assert_eq!(spans.named(name).kind(), kind, "{name}");
    }
}

#[agentops::tool(if = depth > 1)]
fn deep(depth: u8) -> bool {
    inner();
    Context::current().has_active_span()
}

#[agentops::agent(if = depth > 1)]
async fn deep_async(depth: u8) {
    tokio::task::yield_now().await;
    inner();
}

#[agentops::operation(leaf, if = depth > 1)]
fn deep_leaf(depth: u8) -> u8 {
    depth
}

fn tree_of(depth: u8) -> (Spans, Vec<String>) {
    let received = Telemetry::record(|| {
        outer(|| {
            deep(depth);
            block_on(deep_async(depth));
            assert_eq!(deep_leaf(depth), depth);
        });
    });
    let metrics = received.metrics.names();
    let metrics = metrics.into_iter().map(str::to_owned).collect();
    (received.spans, metrics)
}

#[test]
fn span_is_there_where_the_condition_is_met() {
    let (spans, metrics) = tree_of(2);
    Tree::of(&spans).assert_eq(
        "
        session outer: unset
          tool execute_tool deep: unset
            task inner: unset
          agent invoke_agent deep_async: unset
            task inner: unset
          operation deep_leaf: unset
        ",
    );
    assert!(
        metrics
            .iter()
            .any(|name| name == "gen_ai.execute_tool.duration")
    );
}

#[test]
fn nothing_is_there_where_the_condition_is_not_met() {
    let (spans, metrics) = tree_of(1);
    Tree::of(&spans).assert_eq(
        "
        session outer: unset
          task inner: unset
          task inner: unset
        ",
    );
    for name in [
        "gen_ai.execute_tool.duration",
        "gen_ai.invoke_agent.duration",
    ] {
        assert!(!metrics.iter().any(|known| known == name), "{name}");
    }
    Telemetry::record(|| assert!(!deep(1)));
}

#[test]
fn session_whose_condition_is_not_met_is_none() {
    #[agentops::session(if = false, flush, id = "s-1")]
    fn run() -> bool {
        inner();
        Session::current().is_some()
    }

    let spans = Telemetry::record(|| assert!(!run())).spans;
    assert_eq!(spans.names(), ["inner"]);
    assert_eq!(spans.named("inner").str("session.id"), None);
}

#[test]
fn root_leaves_the_trace_of_a_request_too_and_stays_in_its_session() {
    #[agentops::session(root, extract = headers)]
    fn incoming(headers: &[(&str, &str)]) {}

    let parent = format!("00-{TRACE:032x}-{SPAN:016x}-01");
    let headers = [
        ("traceparent", parent.as_str()),
        ("baggage", "session.id=s-1"),
    ];
    let spans = Telemetry::record(|| incoming(&headers)).spans;
    let span = spans.named("incoming");
    assert_eq!(span.parent_id(), None);
    assert_ne!(span.trace_id(), format!("{TRACE:032x}"));
    assert_eq!(span.str("session.id"), Some("s-1"));
    assert_eq!(span.proto.links.len(), 1);
}
