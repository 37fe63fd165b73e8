//! Spans around code that cannot be annotated.

use std::fmt;
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};

use agentops::otel::opentelemetry::trace::{TraceContextExt as _, Tracer as _};
use agentops::otel::opentelemetry::{Array, Context, KeyValue, Value, global};
use agentops::otel::opentelemetry_sdk::trace::Sampler;
use agentops::{Kind, Session};
use agentops_tests::program::uninitialized;
use agentops_tests::{Span, Telemetry, Tree};
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

use crate::{block_on, record_async, record_content, record_on_workers};

#[derive(Debug)]
struct Refused(u16);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}", self.0)
    }
}

#[agentops::task]
fn step() {}

#[test]
fn spans_of_each_kind_are_named_and_attributed_like_those_of_attributes() {
    let agents = [
        (Kind::Agent, "invoke_agent x", "gen_ai.agent.name"),
        (Kind::Workflow, "invoke_workflow x", "gen_ai.workflow.name"),
        (Kind::Tool, "execute_tool x", "gen_ai.tool.name"),
    ];
    let others = [Kind::Session, Kind::Task, Kind::Operation, Kind::Guardrail];
    let spans = Telemetry::record(|| {
        for kind in agents.map(|(kind, ..)| kind).into_iter().chain(others) {
            agentops::span(kind, "x").in_scope(|| {});
        }
    })
    .spans;
    assert_eq!(spans.len(), 7);
    let find = |kind: Kind| {
        let is_it = |span: &&Span| span.str("agentops.span.kind") == Some(kind.as_str());
        let span = spans.iter().find(is_it).unwrap();
        assert_eq!(span.kind(), SpanKind::Internal);
        assert_eq!(span.scope_name(), "agentops");
        span
    };
    for (kind, name, key) in agents {
        let span = find(kind);
        assert_eq!(span.name(), name);
        assert_eq!(span.str(key), Some("x"));
        let operation = name.strip_suffix(" x");
        assert_eq!(span.str("gen_ai.operation.name"), operation);
    }
    for kind in others {
        assert_eq!(find(kind).name(), "x");
        assert_eq!(find(kind).str("gen_ai.operation.name"), None);
    }
}

#[test]
fn llm_calls_are_clients_named_after_their_model() {
    let spans = Telemetry::record(|| {
        agentops::llm_call("openai", "gpt-4o").in_scope(|| {});
        agentops::span(Kind::LlmCall, "draft").in_scope(|| {});
    })
    .spans;
    let span = spans.named("chat gpt-4o");
    assert_eq!(span.kind(), SpanKind::Client);
    assert_eq!(span.str("agentops.span.kind"), Some("llm_call"));
    assert_eq!(span.str("gen_ai.operation.name"), Some("chat"));
    assert_eq!(span.str("gen_ai.provider.name"), Some("openai"));
    assert_eq!(span.str("gen_ai.request.model"), Some("gpt-4o"));
    let span = spans.named("draft");
    assert_eq!(span.kind(), SpanKind::Client);
    assert_eq!(span.str("gen_ai.operation.name"), Some("chat"));
}

#[test]
fn spans_say_where_they_were_described() {
    let first = line!() + 2;
    let spans = Telemetry::record(|| {
        agentops::span(Kind::Task, "span").in_scope(|| {});
        agentops::llm_call("openai", "gpt-4o").in_scope(|| {});
        block_on(agentops::span(Kind::Task, "run").run(async {}));
    })
    .spans;
    for (line, name) in (first..).zip(["span", "chat gpt-4o", "run"]) {
        let span = spans.named(name);
        let file = span.str("code.file.path").unwrap();
        assert!(file.ends_with("traces/builders.rs"), "{file}");
        assert_eq!(span.int("code.line.number"), Some(line.into()));
        assert_eq!(span.str("code.function.name"), None);
    }
}

#[test]
fn fields_keep_their_types_and_the_last_of_a_key_wins() {
    let spans = Telemetry::record(|| {
        agentops::span(Kind::Task, "described")
            .field("text", "a")
            .field("owned", "b".to_owned())
            .field("count", 1)
            .field("share", 0.5)
            .field("done", false)
            .field("done", true)
            .field("words", Value::Array(Array::String(vec!["a".into()])))
            .in_scope(|| agentops::record("count", 2));
    })
    .spans;
    let span = spans.named("described");
    assert_eq!(span.str("text"), Some("a"));
    assert_eq!(span.str("owned"), Some("b"));
    assert_eq!(span.int("count"), Some(2));
    assert_eq!(span.f64("share"), Some(0.5));
    assert_eq!(span.bool("done"), Some(true));
    assert_eq!(span.attributes().strs("words"), Some(vec!["a"]));
}

#[test]
fn tags_add_to_those_of_the_session() {
    #[agentops::session(tags("beta"))]
    fn run() {
        agentops::span(Kind::Task, "tagged")
            .tags(["slow"])
            .tags(vec!["night".to_owned()])
            .in_scope(step);
    }

    let spans = Telemetry::record(|| {
        run();
        agentops::span(Kind::Session, "built")
            .tags(["alpha"])
            .in_scope(step);
    })
    .spans;
    let tags = |span: &Span| {
        let tags = span.attributes().strs("agentops.tags").unwrap_or_default();
        tags.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(tags(spans.named("run")), ["beta"]);
    assert_eq!(tags(spans.named("tagged")), ["beta", "slow", "night"]);
    assert_eq!(tags(spans.named("built")), ["alpha"]);
    let below = |name| spans.children_of(spans.named(name));
    assert_eq!(tags(below("tagged")[0]), ["beta"]);
    assert_eq!(
        tags(below("built")[0]),
        ["alpha"],
        "all of a session has them"
    );
}

#[test]
fn input_is_recorded_where_content_is_wanted() {
    let record = || {
        let query = serde_json::json!({"query": "rust", "password": "hunter2"});
        agentops::span(Kind::Tool, "search")
            .input(&query)
            .in_scope(step);
        agentops::span(Kind::Task, "parse")
            .input("text")
            .in_scope(step);
    };
    let on = record_content(record).spans;
    assert_eq!(
        on.named("execute_tool search")
            .str("gen_ai.tool.call.arguments"),
        Some(r#"{"password":"[masked]","query":"rust"}"#)
    );
    assert_eq!(
        on.named("parse").str("agentops.entity.input"),
        Some(r#""text""#)
    );
    let off = Telemetry::record(record).spans;
    assert_eq!(off.len(), on.len());
    for span in off.iter() {
        assert_eq!(span.str("gen_ai.tool.call.arguments"), None);
        assert_eq!(span.str("agentops.entity.input"), None);
    }
}

#[test]
fn debug_of_a_builder_does_not_tell_what_it_records() {
    let builder = agentops::span(Kind::Tool, "search")
        .field("key", "hunter2")
        .input("hunter2");
    let told = format!("{builder:?}");
    assert!(
        told.contains("search") && !told.contains("hunter2"),
        "{told}"
    );
}

#[test]
fn run_gives_the_value_of_its_future_and_says_nothing_of_success() {
    let spans = record_async(async {
        let error = agentops::span(Kind::Task, "plain").run(async {
            tokio::task::yield_now().await;
            Err::<(), _>(Refused(503))
        });
        assert!(error.await.is_err());
    })
    .spans;
    assert_eq!(spans.named("plain").status(), StatusCode::Unset);
}

#[track_caller]
fn assert_refused(span: &Span) {
    assert_eq!(span.status(), StatusCode::Error);
    assert_eq!(span.status_message(), "status 503");
    let error_type = span.str("error.type").unwrap();
    assert!(error_type.ends_with("builders::Refused"), "{error_type}");
    let [event] = span.events()[..] else {
        panic!("one exception makes one event, not {}", span.events().len());
    };
    assert_eq!(
        event.attributes().str("exception.message"),
        Some("status 503")
    );
}

#[test]
fn errors_of_a_trial_are_recorded() {
    let spans = record_async(async {
        for status in [200, 503] {
            let result = move || match status {
                200 => Ok(status),
                _ => Err(Refused(status)),
            };
            let run = agentops::span(Kind::Task, format!("run {status}")).try_run(async move {
                tokio::task::yield_now().await;
                result()
            });
            assert_eq!(run.await.is_ok(), status == 200);
            let scope = agentops::span(Kind::Task, format!("scope {status}"));
            assert_eq!(scope.try_in_scope(result).is_ok(), status == 200);
        }
    })
    .spans;
    for name in ["run 200", "scope 200"] {
        assert_eq!(spans.named(name).status(), StatusCode::Ok);
        assert!(spans.named(name).events().is_empty());
    }
    assert_refused(spans.named("run 503"));
    assert_refused(spans.named("scope 503"));
}

#[test]
fn guard_ends_its_span_when_it_is_dropped() {
    let spans = Telemetry::record(|| {
        let outer = agentops::span(Kind::Agent, "planner").start();
        let inner = agentops::span(Kind::Task, "inner").start();
        step();
        drop(inner);
        step();
        drop(outer);
        step();
    })
    .spans;
    Tree::of(&spans).assert_eq(
        "
        agent invoke_agent planner: unset
          task inner: unset
            task step: unset
          task step: unset
        task step: unset
        ",
    );
}

#[test]
fn guard_that_fails_ends_its_span_with_the_error() {
    let spans = Telemetry::record(|| {
        let mut guard = agentops::span(Kind::Task, "fails").start();
        guard.fail(&Refused(503));
        step();
        guard.fail(&Refused(500));
        drop(guard);
    })
    .spans;
    assert_refused(spans.named("fails"));
    assert_eq!(spans.named("step").parent_id(), None, "it is over");
}

#[test]
fn panics_end_the_spans_that_they_unwind() {
    let spans = Telemetry::record(|| {
        let fails = || panic!("the work fails");
        let panics = [
            catch_unwind(|| agentops::span(Kind::Task, "scope").in_scope(fails)),
            catch_unwind(|| {
                let _guard = agentops::span(Kind::Task, "guard").start();
                fails();
            }),
            catch_unwind(AssertUnwindSafe(|| {
                block_on(agentops::span(Kind::Task, "run").run(async {
                    tokio::task::yield_now().await;
                    fails();
                }));
            })),
        ];
        for panic in panics {
            let payload = panic.unwrap_err();
            assert_eq!(payload.downcast_ref(), Some(&"the work fails"));
        }
        step();
    })
    .spans;
    for name in ["scope", "guard", "run"] {
        let span = spans.named(name);
        assert_eq!(span.status_message(), "panicked", "{name}");
        assert_eq!(span.str("error.type"), Some("panic"), "{name}");
    }
    assert_eq!(spans.named("step").parent_id(), None);
}

#[test]
fn future_dropped_before_its_end_is_cancelled() {
    let spans = record_async(async {
        let waits = agentops::span(Kind::Session, "waits").run(async {
            step();
            pending::<()>().await;
        });
        tokio::select! {
            biased;
            () = waits => unreachable!("it waits for ever"),
            () = std::future::ready(()) => {}
        }
    })
    .spans;
    let span = spans.named("waits");
    assert_eq!(span.status_message(), "dropped before completion");
    assert_eq!(span.str("error.type"), Some("cancelled"));
    assert_eq!(span.str("agentops.session.end_state"), Some("Cancelled"));
    assert!(spans.named("step").is_child_of(span));
}

#[test]
fn future_that_is_never_polled_makes_no_span() {
    let received = Telemetry::record(|| {
        drop(agentops::span(Kind::Task, "idle").run(async {}));
        drop(agentops::span(Kind::Task, "idle").try_run(async { Ok::<_, Refused>(()) }));
    });
    assert!(received.spans.is_empty());
    assert_eq!(received.report.traces.ended, 0);
}

#[test]
fn span_hangs_where_its_future_is_first_polled() {
    #[agentops::session]
    async fn outer(inner: impl Future<Output = ()>) {
        inner.await;
    }

    let spans = record_async(async {
        let inner = agentops::span(Kind::Task, "inner").run(async {});
        outer(inner).await;
    })
    .spans;
    assert!(spans.named("inner").is_child_of(spans.named("outer")));
}

#[test]
fn future_may_move_between_threads() {
    let spans = record_on_workers(async {
        let run = agentops::span(Kind::Session, "run").run(async {
            tokio::task::yield_now().await;
            step();
            tokio::task::yield_now().await;
            Session::current().unwrap().id().to_owned()
        });
        assert!(!tokio::spawn(run).await.unwrap().is_empty());
    })
    .spans;
    Tree::of(&spans).assert_eq(
        "
        session run: unset
          task step: unset
        ",
    );
    let [run, step] = ["run", "step"].map(|name| spans.named(name).str("session.id"));
    assert!(run.is_some() && run == step);
}

fn response() -> serde_json::Value {
    serde_json::json!({
        "model": "gpt-4o-2024-08-06",
        "usage": {"prompt_tokens": 17, "completion_tokens": 5},
    })
}

const ATTRIBUTES: &[(&str, &str)] = &[
    ("gen_ai.provider.name", "openai"),
    ("gen_ai.request.model", "gpt-4o"),
    ("gen_ai.response.model", "gpt-4o-2024-08-06"),
];

#[test]
fn llm_call_takes_a_response_and_feeds_the_metrics() {
    let received = record_async(async {
        let call = agentops::llm_call("openai", "gpt-4o").run(async {
            tokio::task::yield_now().await;
            agentops::tap(response())
        });
        assert_eq!(call.await, response());
    });
    let span = received.spans.named("chat gpt-4o");
    assert_eq!(span.int("gen_ai.usage.input_tokens"), Some(17));
    assert_eq!(span.str("gen_ai.response.model"), Some("gpt-4o-2024-08-06"));
    let metrics = received.metrics;
    metrics.assert_total("llm.tokens.total", ATTRIBUTES, 22.0);
    let latency = metrics.named("llm.request.latency");
    assert_eq!(latency.point(ATTRIBUTES).count(), 1);
}

#[test]
fn llm_call_that_is_not_recorded_feeds_the_metrics_too() {
    let telemetry = Telemetry::start_with(|config, _| config.sampler(Sampler::AlwaysOff));
    let call = agentops::llm_call("openai", "gpt-4o");
    call.in_scope(|| agentops::record_response(&response()));
    let received = telemetry.stop();
    assert!(received.spans.is_empty());
    received
        .metrics
        .assert_total("llm.tokens.total", ATTRIBUTES, 22.0);
}

#[test]
fn spans_nest_with_attributes_and_other_code_both_ways() {
    #[agentops::session]
    fn run() {
        agentops::span(Kind::Agent, "planner").in_scope(|| {
            step();
            global::tracer("http").in_span("GET", |cx| {
                cx.span().set_attribute(KeyValue::new("attempt", 1));
                agentops::span(Kind::Tool, "search").in_scope(step);
            });
            assert!(Context::current().span().is_recording());
        });
    }

    let spans = Telemetry::record(run).spans;
    Tree::of(&spans).assert_eq(
        "
        session run: unset
          agent invoke_agent planner: unset
            task step: unset
            internal GET: unset
              tool execute_tool search: unset
                task step: unset
        ",
    );
    let session = spans.named("run").str("session.id");
    assert!(session.is_some());
    for span in spans.iter() {
        assert_eq!(span.str("session.id"), session, "{}", span.name());
    }
}

#[test]
fn work_runs_without_init_as_if_there_were_no_span() {
    uninitialized(|| {
        let task = || agentops::span(Kind::Task, "idle").field("a", 1).tags(["b"]);
        assert_eq!(task().input(&1).in_scope(|| 7), 7);
        assert_eq!(block_on(task().run(async { 7 })), 7);
        assert!(task().try_in_scope(|| Err::<(), _>(Refused(1))).is_err());
        let mut guard = task().start();
        assert!(!Context::current().has_active_span());
        guard.fail(&Refused(1));
    });
}
