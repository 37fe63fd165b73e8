//! Metrics as a collector receives them.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use agentops::otel::opentelemetry_sdk::metrics::Temporality;
use agentops::{Kind, Session};
use agentops_tests::metrics::{Metric, Metrics};
use agentops_tests::{Collector, Program, Signal, Store, Telemetry};
use opentelemetry_proto::tonic::metrics::v1::AggregationTemporality::{self, Cumulative, Delta};
use opentelemetry_proto::tonic::metrics::v1::metric::Data;

const TIMEOUT: Duration = Duration::from_mins(1);

const CALL: &[(&str, &str)] = &[
    ("gen_ai.operation.name", "chat"),
    ("gen_ai.provider.name", "openai"),
    ("gen_ai.request.model", "gpt-4o"),
];

#[agentops::llm_call(provider = "openai", model = "gpt-4o")]
fn ask(succeeds: bool) -> Result<(), std::fmt::Error> {
    agentops::record_response(&serde_json::json!({
        "model": "gpt-4o-2024-08-06",
        "usage": {"prompt_tokens": 17, "completion_tokens": 5},
    }));
    succeeds.then_some(()).ok_or(std::fmt::Error)
}

/// The names of what measures the program's work, and not ours.
fn names(metrics: &Metrics) -> Vec<&str> {
    let mut names = metrics.names();
    names.retain(|name| !name.starts_with("otel.sdk."));
    names
}

#[test]
fn instruments_have_name_unit_description_and_scope() {
    let metrics = Telemetry::record(|| ask(true)).metrics;
    assert_eq!(
        names(&metrics),
        [
            "agentops.spool.bytes",
            "gen_ai.client.operation.duration",
            "gen_ai.client.token.usage",
            "llm.request.latency",
            "llm.tokens.total",
        ]
    );
    for (name, unit, description) in [
        ("llm.request.latency", "ms", "Time taken for LLM requests"),
        ("llm.tokens.total", "{token}", "Total tokens processed"),
        (
            "gen_ai.client.operation.duration",
            "s",
            "Duration of GenAI operations",
        ),
        (
            "gen_ai.client.token.usage",
            "{token}",
            "Tokens used by GenAI operations",
        ),
    ] {
        let metric = metrics.named(name);
        assert_eq!((metric.unit(), metric.description()), (unit, description));
        assert_eq!(metric.scope_name(), "agentops.metrics");
        assert_eq!(metric.temporality(), Some(Cumulative));
        assert_eq!(metric.is_monotonic(), name == "llm.tokens.total");
    }
}

#[test]
fn annotated_calls_are_counted() {
    let received = Telemetry::record(|| {
        ask(true).unwrap();
        ask(true).unwrap();
    });
    let metrics = received.metrics;
    let spans = received
        .spans
        .iter()
        .map(|span| span.duration().as_secs_f64());
    let secs: f64 = spans.sum();

    let point = |name| metrics.named(name).point(CALL);
    assert_eq!(point("llm.request.latency").count(), 2);
    assert_eq!(point("gen_ai.client.operation.duration").count(), 2);
    assert!((point("llm.request.latency").sum() - 1e3 * secs).abs() < 1e-3);
    assert!((point("gen_ai.client.operation.duration").sum() - secs).abs() < 1e-6);
    assert_eq!(
        point("llm.request.latency")
            .attributes()
            .str("gen_ai.response.model"),
        Some("gpt-4o-2024-08-06")
    );
    for (kind, tokens) in [("input", 34.0), ("output", 10.0)] {
        let attributes = &[CALL[0], CALL[1], CALL[2], ("gen_ai.token.type", kind)];
        metrics.assert_total("llm.tokens.total", attributes, tokens);
        let usage = metrics.named("gen_ai.client.token.usage").point(attributes);
        assert_eq!((usage.count(), usage.sum()), (2, tokens));
    }
}

/// All dimensions; each has few values.
const DIMENSIONS: &[&str] = &[
    "agentops.session.end_state",
    "agentops.signal",
    "error.type",
    "gen_ai.agent.name",
    "gen_ai.operation.name",
    "gen_ai.provider.name",
    "gen_ai.request.model",
    "gen_ai.response.model",
    "gen_ai.token.type",
    "gen_ai.tool.name",
    "gen_ai.workflow.name",
];

/// All dimensions of metrics of our own work.
const OWN_DIMENSIONS: &[&str] = &[
    "error.type",
    "otel.component.name",
    "otel.component.type",
    "otel.span.sampling_result",
];

#[test]
fn no_dimension_tells_who_ran_what() {
    #[agentops::session(
        id = "secret",
        user = "u-7",
        tags("secret"),
        metadata(plan = "secret"),
        baggage(user.id = "u-7"),
        fields(question = "why?")
    )]
    fn run() {
        let _ = ask(false);
        plan();
    }

    #[agentops::agent(fields(gen_ai.conversation.id = "secret"))]
    fn plan() {
        search("secret");
        agentops::span(Kind::Workflow, "nightly").in_scope(|| ());
    }

    #[agentops::tool(call_id = id)]
    fn search(id: &str) -> usize {
        id.len()
    }

    let metrics = Telemetry::record(run).metrics;
    let mut seen = BTreeSet::new();
    for metric in metrics.iter() {
        for point in metric.points() {
            for key in point.attributes().keys() {
                if metric.name().starts_with("otel.sdk.") {
                    assert!(OWN_DIMENSIONS.contains(&key), "{} has {key}", metric.name());
                    continue;
                }
                assert!(DIMENSIONS.contains(&key), "{} has {key}", metric.name());
                seen.insert(key.to_owned());
            }
        }
    }
    assert_eq!(seen.len(), DIMENSIONS.len(), "{seen:?}");
}

#[test]
fn failed_calls_are_told_apart() {
    let metrics = Telemetry::record(|| {
        let _ = ask(true);
        let _ = ask(false);
        let _ = ask(false);
    })
    .metrics;
    let latency = metrics.named("llm.request.latency");
    let failed = latency.point(&[("error.type", "core::fmt::Error")]);
    assert_eq!(failed.count(), 2);
    let all: u64 = latency
        .points()
        .into_iter()
        .map(|point| point.count())
        .sum();
    assert_eq!(all, 3);
}

#[test]
fn calls_without_tokens_count_time_only() {
    #[agentops::llm_call(model = "gpt-4o")]
    fn silent() {}

    let metrics = Telemetry::record(silent).metrics;
    assert_eq!(
        names(&metrics),
        [
            "agentops.spool.bytes",
            "gen_ai.client.operation.duration",
            "llm.request.latency"
        ]
    );
}

#[test]
fn buckets_are_those_of_the_convention() {
    let metrics = Telemetry::record(|| ask(true)).metrics;
    let bounds = |name| metrics.named(name).points()[0].bounds();
    assert_eq!(
        bounds("gen_ai.client.operation.duration"),
        [
            0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92
        ]
    );
    assert_eq!(
        bounds("gen_ai.client.token.usage")[..4],
        [1.0, 4.0, 16.0, 64.0]
    );
    let [input, _] = metrics.named("gen_ai.client.token.usage").points()[..] else {
        panic!("input and output make two points");
    };
    assert_eq!(input.bucket_counts().iter().sum::<u64>(), 1);
}

#[test]
fn calls_recorded_by_hand_feed_the_same_instruments() {
    let metrics = Telemetry::record(|| {
        let session = Session::start("import");
        session.record_llm_call(Duration::from_millis(250), 40);
        session.metrics().record_latency(150.0);
        session.metrics().increment_tokens(2);
        let own = session.metrics().meter().u64_counter("import.rows").build();
        own.add(3, &[]);
    })
    .metrics;
    let latency = metrics.named("llm.request.latency").point(&[]);
    assert_eq!((latency.count(), latency.sum()), (2, 400.0));
    metrics.assert_total("llm.tokens.total", &[], 42.0);
    metrics.assert_total("import.rows", &[], 3.0);
    assert_eq!(
        metrics.named("import.rows").scope_name(),
        "agentops.metrics"
    );
}

#[test]
fn instruments_of_the_global_meter_provider_are_exported_too() {
    use agentops::otel::opentelemetry::global;

    let metrics = Telemetry::record(|| {
        let counter = global::meter("app").u64_counter("app.jobs").build();
        counter.add(7, &[]);
    })
    .metrics;
    metrics.assert_total("app.jobs", &[], 7.0);
    assert_eq!(metrics.named("app.jobs").scope_name(), "app");
}

/// Runs the probe with a collector and these variables; they may name the collector as `{}`.
fn probe(collector: &Collector, variables: &[(&str, &str)]) {
    let home = tempfile::tempdir().unwrap();
    let mut program = Program::new(env!("CARGO_BIN_EXE_probe"))
        .arg("run")
        .env("HOME", home.path())
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
    for (name, value) in variables {
        program = program.env(name, value.replace("{}", &collector.endpoint()));
    }
    let exit = program.run(TIMEOUT);
    exit.assert_success();
    assert!(exit.stdout.starts_with("init: ok\n"), "{}", exit.stdout);
}

fn temporalities(collector: &Collector) -> Vec<AggregationTemporality> {
    let metrics = collector.metrics();
    assert!(metrics.len() >= 4, "{:?}", metrics.names());
    // What goes up and down is told as it is, whatever is preferred.
    let is_up_and_down = |metric: &&Metric| {
        let is_sum = matches!(metric.proto.data, Some(Data::Sum(_)));
        is_sum && !metric.is_monotonic()
    };
    let preferred = metrics.iter().filter(|metric| !is_up_and_down(metric));
    let mut found: Vec<_> = preferred.filter_map(Metric::temporality).collect();
    found.dedup();
    found
}

#[test]
fn either_spelling_of_the_preference_makes_deltas() {
    for name in [
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
        "OTEL_EXPORTER_METRICS_TEMPORALITY_PREFERENCE",
    ] {
        for value in ["DELTA", "delta"] {
            let collector = Collector::start();
            probe(&collector, &[(name, value)]);
            assert_eq!(temporalities(&collector), [Delta], "{name}={value}");
        }
    }
}

#[test]
fn standard_spelling_of_the_preference_wins() {
    for (standard, older, expected) in [
        ("delta", "cumulative", Delta),
        ("cumulative", "delta", Cumulative),
    ] {
        let collector = Collector::start();
        let variables = [
            (
                "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
                standard,
            ),
            ("OTEL_EXPORTER_METRICS_TEMPORALITY_PREFERENCE", older),
        ];
        probe(&collector, &variables);
        assert_eq!(temporalities(&collector), [expected]);
    }
}

#[test]
fn deltas_start_anew_with_each_export() {
    let telemetry = Telemetry::start_with(|config, _| config.temporality(Temporality::Delta));
    for _ in 0..3 {
        ask(true).unwrap();
        telemetry.guard().flush();
    }
    let metrics = telemetry.stop().metrics;
    let exports = metrics.all_named("llm.tokens.total");
    assert_eq!(exports.len(), 3);
    for export in exports {
        let point = export.point(&[("gen_ai.token.type", "input")]);
        assert!((point.sum() - 17.0).abs() < 1e-6);
    }
    metrics.assert_total("llm.tokens.total", CALL, 66.0);
}

#[test]
fn totals_grow_with_each_export() {
    let telemetry = Telemetry::start();
    for round in 1..=3 {
        ask(true).unwrap();
        telemetry.guard().flush();
        let metrics = telemetry.collector().metrics();
        metrics.assert_total("llm.tokens.total", CALL, 22.0 * f64::from(round));
    }
    telemetry.stop();
}

#[agentops::tool]
fn look_up() {}

#[test]
fn a_flush_counts_every_span_that_it_delivers() {
    let telemetry = Telemetry::start();
    for round in 1..=3_u64 {
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..500).for_each(|_| look_up()));
            }
        });
        let report = telemetry.guard().flush();
        assert_eq!(report.traces.delivered, 2000 * round);
        let metrics = telemetry.collector().metrics();
        let exports = metrics.all_named("gen_ai.execute_tool.duration");
        let last = exports.last().unwrap();
        let counted = last.point(&[("gen_ai.tool.name", "look_up")]).count();
        assert_eq!(counted, 2000 * round);
    }
    telemetry.stop();
}

#[test]
fn endpoint_of_the_variable_for_metrics_is_used_unchanged() {
    let collector = Collector::start();
    collector.expect_at("/in/metrics", Signal::Metrics);
    probe(
        &collector,
        &[(
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
            "{}/in/metrics?tenant=7",
        )],
    );
    assert_paths(&collector, "/in/metrics?tenant=7");
}

#[test]
fn endpoint_for_metrics_given_in_code_is_used_unchanged() {
    let telemetry = Telemetry::start_with(|config, collector| {
        collector.expect_at("/in/metrics", Signal::Metrics);
        config.metrics_endpoint(format!("{}/in/metrics", collector.endpoint()))
    });
    ask(true).unwrap();
    let collector = telemetry.collector();
    telemetry.guard().flush();
    assert_paths(collector, "/in/metrics");
    telemetry.stop();
}

#[test]
fn signals_without_an_endpoint_stay_here() {
    let collector = Collector::start();
    collector.expect_at("/in/metrics", Signal::Metrics);
    let home = tempfile::tempdir().unwrap();
    let url = format!("{}/in/metrics", collector.endpoint());
    let exit = Program::new(env!("CARGO_BIN_EXE_probe"))
        .arg("run")
        .env("HOME", home.path())
        .env("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", url)
        .run(TIMEOUT);
    let local = home.path().join(".agentops/spool/local");
    let report = format!("report: 2 spans in {}\n", local.display());
    assert!(exit.stdout.contains(&report), "{}", exit.stdout);
    assert!(collector.spans().is_empty());
    collector
        .metrics()
        .assert_total("llm.tokens.total", CALL, 22.0);
}

#[track_caller]
fn assert_paths(collector: &Collector, metrics: &str) {
    let requests = collector.requests();
    assert!(
        requests
            .iter()
            .any(|request| request.signal() == Some(Signal::Metrics))
    );
    for request in requests {
        let expected = match request.signal() {
            Some(Signal::Metrics) => metrics,
            _ => "/v1/traces",
        };
        assert_eq!(request.path, expected);
    }
}

fn has_metrics(store: &Store) -> bool {
    !store.metrics().is_empty()
}

#[test]
fn metrics_are_exported_at_the_interval_of_the_variable() {
    let collector = Collector::start();
    let home = tempfile::tempdir().unwrap();
    let mut child = Program::new(env!("CARGO_BIN_EXE_probe"))
        .arg("wait")
        .env("HOME", home.path())
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
        .env("OTEL_METRIC_EXPORT_INTERVAL", "50")
        .spawn();
    // The program waits for a word and neither flushes nor shuts down.
    let exported = |store: &Store| store.metrics().all_named("llm.tokens.total").len() >= 2;
    collector.wait_for(exported, TIMEOUT);
    child.send_line("go on");
    child.wait(TIMEOUT).assert_success();
}

#[test]
fn metrics_are_exported_at_the_interval_given_in_code() {
    let telemetry =
        Telemetry::start_with(|config, _| config.metric_interval(Duration::from_millis(50)));
    ask(true).unwrap();
    telemetry.collector().wait_for(has_metrics, TIMEOUT);
    telemetry.stop();
}
