//! Annotated functions of every shape: names, kinds, ids, parents and times.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use agentops_tests::{Span, Telemetry, Tree};
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;

use crate::{record_async, record_on_workers};

struct Agent {
    model: &'static str,
}

impl Agent {
    #[agentops::session(name = "answer")]
    fn run(&self, question: &str) -> usize {
        self.ask(question) + ask("gpt-4o", question)
    }

    #[agentops::llm_call(provider = "openai", model = self.model)]
    fn ask(&self, prompt: &str) -> usize {
        prompt.len()
    }

    #[agentops::session]
    async fn run_async(&self, question: &str) -> usize {
        tokio::task::yield_now().await;
        let first = self.ask_async(question).await;
        tokio::task::yield_now().await;
        first + self.ask_async(question).await + self.ask(question)
    }

    #[agentops::llm_call(provider = "openai", model = self.model)]
    async fn ask_async(&self, prompt: &str) -> usize {
        tokio::task::yield_now().await;
        prompt.len()
    }
}

#[agentops::llm_call(model = model)]
fn ask(model: &str, prompt: &str) -> usize {
    prompt.len() + model.len()
}

const AGENT: Agent = Agent { model: "o3" };

const ASYNC_TREE: &str = "
    session run_async: unset
      llm_call chat o3: unset
      llm_call chat o3: unset
      llm_call chat o3: unset
";

#[test]
fn functions_and_methods_make_a_tree() {
    let received = Telemetry::record(|| assert_eq!(AGENT.run("why?"), 14));
    Tree::of(&received.spans).assert_eq(
        "
        session answer: unset
          llm_call chat o3: unset
          llm_call chat gpt-4o: unset
        ",
    );
}

#[test]
fn async_functions_make_a_tree_on_one_thread() {
    let received = record_async(async { assert_eq!(AGENT.run_async("why?").await, 12) });
    Tree::of(&received.spans).assert_eq(ASYNC_TREE);
}

#[test]
fn async_functions_make_a_tree_on_worker_threads() {
    let received = record_on_workers(async {
        let run = tokio::spawn(AGENT.run_async("why?"));
        assert_eq!(run.await.unwrap(), 12);
    });
    Tree::of(&received.spans).assert_eq(ASYNC_TREE);
}

#[test]
fn llm_calls_are_clients_and_all_else_is_internal() {
    let spans = Telemetry::record(|| AGENT.run("why?")).spans;
    assert_eq!(spans.named("answer").kind(), SpanKind::Internal);
    assert_eq!(spans.named("chat gpt-4o").kind(), SpanKind::Client);
    assert_eq!(
        spans.named("answer").str("agentops.span.kind"),
        Some("session")
    );
    assert_eq!(
        spans.named("chat o3").str("agentops.span.kind"),
        Some("llm_call")
    );
}

#[test]
fn llm_calls_are_named_after_operation_and_model() {
    #[agentops::llm_call]
    fn nameless() {}

    #[agentops::llm_call(name = "summarise", model = "gpt-4o")]
    fn named() {}

    #[agentops::llm_call]
    fn told_later() {
        agentops::record_response(&serde_json::json!({"model": "gpt-4o-2024-08-06"}));
    }

    let spans = Telemetry::record(|| {
        nameless();
        named();
        told_later();
    })
    .spans;
    assert_eq!(
        spans.names(),
        ["chat", "summarise", "chat gpt-4o-2024-08-06"]
    );
    for span in spans.iter() {
        assert_eq!(span.str("gen_ai.operation.name"), Some("chat"));
    }
}

#[test]
fn spans_say_where_their_function_stands() {
    let spans = Telemetry::record(|| AGENT.run("why?")).spans;
    let span = spans.named("answer");
    let function = span.str("code.function.name").unwrap();
    assert!(function.ends_with("run"), "{function}");
    let file = span.str("code.file.path").unwrap();
    assert!(file.ends_with("functions.rs"), "{file}");
    assert!((10..30).contains(&span.int("code.line.number").unwrap()));
}

#[test]
fn ids_are_new_for_each_span_and_shared_along_a_trace() {
    let received = Telemetry::record(|| {
        AGENT.run("why?");
        AGENT.run("how?");
    });
    let spans = received.spans;
    let [first, second] = spans.all_named("answer")[..] else {
        panic!("two runs make two spans");
    };
    assert_ne!(first.trace_id(), second.trace_id());
    for root in [first, second] {
        assert_eq!(root.parent_id(), None);
        let children = spans.children_of(root);
        assert_eq!(children.len(), 2);
        for child in children {
            assert_eq!(child.trace_id(), root.trace_id());
            assert_eq!(child.str("session.id"), root.str("session.id"));
        }
    }
    let mut ids: Vec<_> = spans.iter().map(Span::span_id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 6);
}

#[test]
fn flags_say_sampled_and_that_the_parent_is_local() {
    let spans = Telemetry::record(|| AGENT.run("why?")).spans;
    for span in spans.iter() {
        assert_eq!(span.proto.flags, 0x101, "{}", span.name());
        assert_eq!(span.proto.trace_state, "");
    }
}

#[test]
fn spans_come_under_the_scope_of_the_crate() {
    let spans = Telemetry::record(|| AGENT.run("why?")).spans;
    for span in spans.iter() {
        assert_eq!(span.scope_name(), "agentops");
        assert_eq!(span.scope_version(), env!("CARGO_PKG_VERSION"));
    }
}

#[test]
fn times_are_those_of_the_run() {
    let unix_nanos = || {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        u64::try_from(since.as_nanos()).unwrap()
    };
    let before = unix_nanos();
    let spans = Telemetry::record(|| AGENT.run("why?")).spans;
    let after = unix_nanos();
    // The clock of the machine may be slewed meanwhile.
    let slack = 5_000_000;
    let root = spans.named("answer");
    assert!(root.proto.start_time_unix_nano + slack >= before);
    assert!(root.proto.end_time_unix_nano <= after + slack);
    for child in spans.children_of(root) {
        assert!(child.proto.start_time_unix_nano >= root.proto.start_time_unix_nano);
        assert!(child.proto.end_time_unix_nano <= root.proto.end_time_unix_nano);
    }
}

#[test]
fn duration_is_that_of_the_function() {
    const DELAY: Duration = Duration::from_millis(30);

    #[agentops::session]
    async fn waits() {
        tokio::time::sleep(DELAY).await;
    }

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let spans = Telemetry::record(|| runtime.block_on(waits())).spans;
    assert!(spans.named("waits").duration() >= DELAY);
}

#[test]
fn recursion_makes_one_span_a_call() {
    #[agentops::session]
    fn descend(depth: u32) -> u32 {
        match depth {
            0 => 0,
            _ => 1 + descend(depth - 1),
        }
    }

    let spans = Telemetry::record(|| descend(2)).spans;
    Tree::of(&spans).assert_eq(
        "
        session descend: unset
          session descend: unset
            session descend: unset
        ",
    );
}
