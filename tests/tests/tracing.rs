//! Spans of `tracing`, below ours and above them.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use agentops::otel::opentelemetry::global;
use agentops_tests::{Received, Telemetry, Tree};
use tracing::Instrument as _;
use tracing_subscriber::layer::SubscriberExt as _;

/// Runs `f` with telemetry, under a subscriber that makes spans of `tracing` OpenTelemetry's.
fn with_layer(f: impl FnOnce()) -> Received {
    Telemetry::record(|| {
        let layer = tracing_opentelemetry::layer().with_tracer(global::tracer("tracing"));
        let subscriber = tracing_subscriber::registry().with(layer);
        tracing::subscriber::with_default(subscriber, f);
    })
}

#[agentops::session(id = "s-1")]
fn run() {
    load();
}

#[tracing::instrument]
fn load() {
    search();
}

#[agentops::tool]
fn search() {
    tracing::info_span!("query").in_scope(|| ());
}

const TREE: &str = "
    session run: unset
      internal load: unset
        tool execute_tool search: unset
          internal query: unset
";

#[test]
fn spans_of_tracing_nest_below_ours_and_ours_below_them() {
    let received = with_layer(run);
    Tree::of(&received.spans).assert_eq(TREE);
    for span in received.spans.iter() {
        assert_eq!(span.str("session.id"), Some("s-1"), "{}", span.name());
    }
}

#[test]
fn session_below_a_span_of_tracing_belongs_to_its_trace() {
    let received = with_layer(|| tracing::info_span!("POST /run").in_scope(run));
    let root = received.spans.named("POST /run");
    let session = received.spans.named("run");
    assert!(session.is_child_of(root));
    assert_eq!(root.str("session.id"), None);
}

#[test]
fn futures_of_both_nest_across_awaits() {
    #[agentops::session]
    async fn run() {
        let fetch = async {
            tokio::task::yield_now().await;
            search_later().await;
        };
        fetch.instrument(tracing::info_span!("fetch")).await;
    }

    #[agentops::tool]
    async fn search_later() {
        let query = tracing::info_span!("query");
        tokio::task::yield_now().instrument(query).await;
    }

    let received = with_layer(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.unwrap().block_on(run());
    });
    Tree::of(&received.spans).assert_eq(
        "
        session run: unset
          internal fetch: unset
            tool execute_tool search_later: unset
              internal query: unset
        ",
    );
}

#[test]
fn both_attributes_stand_on_one_function() {
    // The compiler expands from the top, so the lower one wraps what the upper one made.
    #[agentops::tool]
    #[tracing::instrument(skip(query))]
    fn find(query: &str) -> usize {
        query.len()
    }

    #[tracing::instrument(skip(query))]
    #[agentops::tool]
    async fn find_later(query: &str) -> usize {
        tokio::task::yield_now().await;
        query.len()
    }

    let received = with_layer(|| {
        find("rust");
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.unwrap().block_on(find_later("rust"));
    });
    Tree::of(&received.spans).assert_eq(
        "
        internal find: unset
          tool execute_tool find: unset
        tool execute_tool find_later: unset
          internal find_later: unset
        ",
    );
}
