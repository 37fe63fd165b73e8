//! Other tasks and threads: the context goes along, or is left out.

use std::future::{Future, pending};
use std::pin::pin;
use std::task::{Context as TaskContext, Waker};
use std::thread::{self, ThreadId};

use agentops::otel::opentelemetry::global;
use agentops::otel::opentelemetry::trace::Tracer as _;
use agentops::{Kind, Session, baggage};
use agentops_tests::{Received, Telemetry, Tree};

use crate::{block_on, record_async, record_on_workers};

#[agentops::llm_call(provider = "openai", model = "gpt-4o")]
async fn ask() {
    tokio::task::yield_now().await;
    agentops::record_response(&serde_json::json!({
        "usage": {"prompt_tokens": 17, "completion_tokens": 5},
    }));
    tokio::task::yield_now().await;
}

#[agentops::tool("search")]
fn search() -> (Option<String>, Option<String>) {
    surroundings()
}

#[agentops::tool("search")]
async fn search_later() -> (Option<String>, Option<String>) {
    tokio::task::yield_now().await;
    surroundings()
}

/// The session and a member of its baggage, as the current code sees them.
fn surroundings() -> (Option<String>, Option<String>) {
    let id = Session::current().map(|session| session.id().to_owned());
    (id, baggage::get("tenant"))
}

fn expected() -> (Option<String>, Option<String>) {
    (Some("s1".to_owned()), Some("acme".to_owned()))
}

const TREE: &str = "
    session run: unset
      agent invoke_agent planner: unset
        tool execute_tool search: unset
";

#[track_caller]
fn assert_kept(received: &Received) {
    Tree::of(&received.spans).assert_eq(TREE);
    for span in received.spans.iter() {
        assert_eq!(span.str("session.id"), Some("s1"), "{}", span.name());
    }
}

#[test]
fn spawned_task_keeps_session_baggage_and_parent() {
    #[agentops::session(id = "s1", baggage(tenant = "acme"))]
    async fn run() {
        let planner = agentops::span(Kind::Agent, "planner");
        let task = planner.in_scope(|| agentops::spawn(search_later()));
        assert_eq!(task.await.unwrap(), expected());
    }

    assert_kept(&record_on_workers(run()));
}

#[test]
fn blocking_work_keeps_session_baggage_and_parent() {
    #[agentops::session(id = "s1", baggage(tenant = "acme"))]
    async fn run() {
        let planner = agentops::span(Kind::Agent, "planner");
        let work = planner.in_scope(|| agentops::spawn_blocking(search));
        assert_eq!(work.await.unwrap(), expected());
    }

    assert_kept(&record_on_workers(run()));
}

#[test]
fn future_in_context_keeps_session_baggage_and_parent() {
    #[agentops::session(id = "s1", baggage(tenant = "acme"))]
    async fn run() {
        let planner = agentops::span(Kind::Agent, "planner");
        let found = planner.in_scope(|| agentops::in_context(search_later()));
        assert_eq!(tokio::spawn(found).await.unwrap(), expected());
    }

    assert_kept(&record_on_workers(run()));
}

#[test]
fn future_in_context_may_be_polled_on_a_plain_thread() {
    #[agentops::session(id = "s1", baggage(tenant = "acme"))]
    fn run() {
        agentops::span(Kind::Agent, "planner").in_scope(|| {
            let found = agentops::in_context(search_later());
            let found = thread::scope(|scope| scope.spawn(|| block_on(found)).join());
            assert_eq!(found.unwrap(), expected());
        });
    }

    assert_kept(&record_async(async { run() }));
}

#[test]
fn thread_of_blocking_work_is_left_as_it_was() {
    #[agentops::session(id = "s1", baggage(tenant = "acme"))]
    async fn run() -> ThreadId {
        let work = agentops::spawn_blocking(|| thread::current().id());
        work.await.unwrap()
    }

    // There is but one thread for it.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .max_blocking_threads(1)
        .build()
        .unwrap();
    let received = Telemetry::record(|| {
        runtime.block_on(async {
            let thread = run().await;
            let later = || (thread::current().id(), surroundings());
            let later = tokio::task::spawn_blocking(later).await.unwrap();
            assert_eq!(later, (thread, (None, None)));
        });
    });
    assert_eq!(received.spans.len(), 1);
}

#[test]
fn bare_spawn_leaves_the_session() {
    #[agentops::session(id = "s1", baggage(tenant = "acme"))]
    async fn run() {
        let found = tokio::spawn(search_later()).await.unwrap();
        assert_eq!(found, (None, None));
        let found = tokio::task::spawn_blocking(search).await.unwrap();
        assert_eq!(found, (None, None));
    }

    let received = record_on_workers(run());
    let session = received.spans.named("run");
    let found = received.spans.all_named("execute_tool search");
    assert_eq!(found.len(), 2);
    for span in found {
        assert_eq!(span.parent_id(), None);
        assert_ne!(span.trace_id(), session.trace_id());
        assert_eq!(span.str("session.id"), None);
    }
}

#[test]
fn task_may_outlive_the_session_that_spawned_it() {
    #[agentops::session(id = "s1")]
    fn run(is_over: tokio::sync::oneshot::Receiver<()>) -> tokio::task::JoinHandle<()> {
        agentops::spawn(async {
            is_over.await.unwrap();
            ask().await;
        })
    }

    let received = record_on_workers(async {
        let (over, is_over) = tokio::sync::oneshot::channel();
        let task = run(is_over);
        over.send(()).unwrap();
        task.await.unwrap();
    });
    let (run, call) = (
        received.spans.named("run"),
        received.spans.named("chat gpt-4o"),
    );
    assert!(call.is_child_of(run));
    assert_eq!(call.str("session.id"), Some("s1"));
}

#[test]
fn nothing_of_a_suppressed_future_is_recorded_or_counted() {
    #[agentops::session]
    async fn run() {
        agentops::suppressed(async {
            ask().await;
            agentops::record("note", "not kept");
            tokio::task::yield_now().await;
            search();
            global::tracer("http").in_span("GET", |_| {});
            agentops::span(Kind::Task, "built").in_scope(|| {});
            agentops::spawn(ask()).await.unwrap();
            agentops::spawn_blocking(search).await.unwrap();
            Session::start("another").end(agentops::EndState::Success);
        })
        .await;
        search();
    }

    let received = record_on_workers(run());
    Tree::of(&received.spans).assert_eq(
        "
        session run: unset
          tool execute_tool search: unset
        ",
    );
    assert_eq!(received.spans.named("run").str("note"), None);
    for name in [
        "llm.request.latency",
        "llm.tokens.total",
        "gen_ai.client.operation.duration",
    ] {
        assert!(received.metrics.all_named(name).is_empty(), "{name}");
    }
    for name in ["gen_ai.execute_tool.duration", "agentops.session.duration"] {
        let points = received.metrics.named(name).points();
        let counts: Vec<u64> = points.iter().map(|point| point.count()).collect();
        assert_eq!(counts, [1], "{name}");
    }
}

/// Calls a tool when it is dropped.
struct Searching;

impl Drop for Searching {
    fn drop(&mut self) {
        search();
    }
}

#[test]
fn what_a_future_does_when_it_is_dropped_is_in_its_context_too() {
    fn give_up(future: impl Future) {
        let mut future = pin!(future);
        let polled = future
            .as_mut()
            .poll(&mut TaskContext::from_waker(Waker::noop()));
        assert!(polled.is_pending());
    }

    async fn never() {
        let _searching = Searching;
        pending::<()>().await;
    }

    let received = Telemetry::record(|| {
        let session = Session::start("run");
        let (kept, silent) = {
            let _entered = session.enter();
            (agentops::in_context(never()), agentops::suppressed(never()))
        };
        give_up(kept);
        give_up(silent);
    });
    Tree::of(&received.spans).assert_eq(
        "
        session run: unset
          tool execute_tool search: unset
        ",
    );
}

#[test]
fn others_are_recorded_while_a_suppressed_future_waits() {
    let received = record_async(async {
        tokio::join!(
            agentops::suppressed(ask()),
            ask(),
            agentops::suppressed(ask())
        );
    });
    assert_eq!(received.spans.names(), ["chat gpt-4o"]);
    received.metrics.assert_total("llm.tokens.total", &[], 22.0);
}
