//! Metrics of tools, agents and sessions, and of the spool.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use agentops::otel::opentelemetry_sdk::trace::Sampler;
use agentops::{EndState, Kind, Session};
use agentops_tests::metrics::Point;
use agentops_tests::{Answer, Metrics, Telemetry};
use opentelemetry_proto::tonic::metrics::v1::metric::Data;

#[agentops::session]
fn run(ends_well: bool) -> Result<(), std::fmt::Error> {
    plan();
    ends_well.then_some(()).ok_or(std::fmt::Error)
}

#[agentops::agent(name = "planner")]
fn plan() {
    let _ = search(true);
    let _ = search(false);
    agentops::span(Kind::Workflow, "nightly").in_scope(|| ());
}

#[agentops::tool]
fn search(finds: bool) -> Result<(), std::fmt::Error> {
    finds.then_some(()).ok_or(std::fmt::Error)
}

/// A duration by name and attributes, and how often it was measured.
type Count<'a> = (&'a str, &'a [(&'a str, &'a str)], u64);

/// Compares how often each of these durations was measured.
#[track_caller]
fn assert_counts(metrics: &Metrics, expected: &[Count<'_>]) {
    for (name, attributes, count) in expected {
        let metric = metrics.named(name);
        assert_eq!(metric.unit(), "s", "{name}");
        let point = metric.point(attributes);
        assert_eq!(point.count(), *count, "{name} {attributes:?}");
        assert!(point.sum() > 0.0);
    }
}

const FAILED: (&str, &str) = ("error.type", "core::fmt::Error");

#[test]
fn tools_agents_workflows_and_sessions_are_timed() {
    let metrics = Telemetry::record(|| {
        let _ = run(true);
        let _ = run(false);
    })
    .metrics;
    let tool = ("gen_ai.tool.name", "search");
    assert_counts(
        &metrics,
        &[
            ("gen_ai.execute_tool.duration", &[tool, FAILED], 2),
            (
                "gen_ai.invoke_agent.duration",
                &[("gen_ai.agent.name", "planner")],
                2,
            ),
            (
                "gen_ai.invoke_workflow.duration",
                &[("gen_ai.workflow.name", "nightly")],
                2,
            ),
            (
                "agentops.session.duration",
                &[("agentops.session.end_state", "Success")],
                1,
            ),
            (
                "agentops.session.duration",
                &[("agentops.session.end_state", "Error")],
                1,
            ),
        ],
    );
    let calls = metrics.named("gen_ai.execute_tool.duration").points();
    assert_eq!(calls.iter().map(|point| point.count()).sum::<u64>(), 4);
    let agents = metrics.named("gen_ai.invoke_agent.duration").points();
    assert_eq!(agents[0].bounds().last(), Some(&409.6));
}

#[test]
fn calls_that_are_not_sampled_are_timed_all_the_same() {
    let telemetry = Telemetry::start_with(|config, _| config.sampler(Sampler::AlwaysOff));
    let _ = run(true);
    agentops::span(Kind::Tool, "built").in_scope(|| ());
    let received = telemetry.stop();
    assert!(received.spans.is_empty());
    assert_counts(
        &received.metrics,
        &[
            (
                "gen_ai.execute_tool.duration",
                &[("gen_ai.tool.name", "search"), FAILED],
                1,
            ),
            (
                "gen_ai.execute_tool.duration",
                &[("gen_ai.tool.name", "built")],
                1,
            ),
            (
                "gen_ai.invoke_agent.duration",
                &[("gen_ai.agent.name", "planner")],
                1,
            ),
            (
                "gen_ai.invoke_workflow.duration",
                &[("gen_ai.workflow.name", "nightly")],
                1,
            ),
            (
                "agentops.session.duration",
                &[("agentops.session.end_state", "Success")],
                1,
            ),
        ],
    );
}

#[test]
fn end_states_of_the_programs_own_are_no_dimension() {
    let metrics = Telemetry::record(|| {
        let session = Session::start("run");
        session.end(EndState::Other("Waits for Bob".to_owned()));
    })
    .metrics;
    let point = metrics.named("agentops.session.duration").points()[0];
    assert_eq!(
        point.attributes().str("agentops.session.end_state"),
        Some("Other")
    );
}

#[test]
fn active_sessions_go_up_and_down() {
    let telemetry = Telemetry::start();
    let active = || {
        telemetry.guard().flush();
        let metrics = telemetry.collector().metrics();
        metrics.total("agentops.sessions.active", &[])
    };
    let first = Session::start("first");
    let second = Session::start("second");
    assert!((active() - 2.0).abs() < f64::EPSILON);
    first.end(EndState::Success);
    assert!((active() - 1.0).abs() < f64::EPSILON);
    drop(second);
    assert!(active().abs() < f64::EPSILON);

    let received = telemetry.stop();
    let metric = received.metrics.named("agentops.sessions.active");
    assert!(!metric.is_monotonic());
    assert_eq!(metric.unit(), "{session}");
}

#[test]
fn work_within_a_session_makes_no_other_session_active() {
    let telemetry = Telemetry::start();
    let session = Session::start("run");
    {
        let _entered = session.enter();
        let _ = run(true);
        telemetry.guard().flush();
    }
    let metrics = telemetry.collector().metrics();
    assert!((metrics.total("agentops.sessions.active", &[]) - 1.0).abs() < f64::EPSILON);
    drop(session);
    telemetry.stop();
}

#[test]
fn bytes_of_the_spool_are_a_gauge_by_signal() {
    let received = Telemetry::record(|| run(true));
    let metric = received.metrics.named("agentops.spool.bytes");
    assert!(matches!(metric.proto.data, Some(Data::Gauge(_))));
    assert_eq!(metric.unit(), "By");
    metric.point(&[("agentops.signal", "traces")]);
}

#[test]
fn spool_grows_while_the_endpoint_is_down() {
    let telemetry = Telemetry::start();
    telemetry.collector().answer_always(503, &[], "");
    let _ = run(true);
    telemetry.guard().flush();
    let _ = run(true);
    telemetry.guard().flush();
    telemetry.collector().answer_always(200, &[], "");
    let received = telemetry.stop();
    let all = received.metrics.all_named("agentops.spool.bytes");
    let bytes: Vec<f64> = all
        .iter()
        .map(|metric| metric.point(&[("agentops.signal", "traces")]).sum())
        .collect();
    assert!(bytes[0] > 0.0 && bytes[1] > 1.5 * bytes[0], "{bytes:?}");
}

/// What the conventions' metric `name` says of a part of ours, and of an error if there is one.
fn told(metrics: &Metrics, name: &str, component: &str, error: Option<&str>) -> f64 {
    let metric = metrics.named(name);
    assert_eq!(metric.scope_name(), "agentops.metrics");
    let points = metric.points().into_iter();
    let found = points.filter(|point| {
        let attributes = point.attributes();
        attributes.str("otel.component.type") == Some(component)
            && attributes.str("otel.component.name") == Some(&format!("{component}/0"))
            && attributes.str("error.type") == error
    });
    found.map(Point::sum).sum()
}

#[agentops::task]
fn one() {}

const PROCESSOR: &str = "agentops_spool_processor";
const EXPORTER: &str = "otlp_http_span_exporter";

#[test]
fn what_becomes_of_spans_is_measured_by_the_names_of_the_conventions() {
    let telemetry = Telemetry::start();
    let session = Session::start("open");
    for _ in 0..10 {
        one();
    }
    telemetry.guard().flush();
    // What was delivered by a flush is known to the next.
    telemetry.guard().flush();
    let metrics = telemetry.collector().metrics();
    let sampled = &[("otel.span.sampling_result", "RECORD_AND_SAMPLE")];
    metrics.assert_total("otel.sdk.span.started", sampled, 11.0);
    metrics.assert_total("otel.sdk.span.live", sampled, 1.0);
    for (name, component, expected) in [
        ("otel.sdk.processor.span.processed", PROCESSOR, 10.0),
        ("otel.sdk.processor.span.queue.size", PROCESSOR, 0.0),
        ("otel.sdk.exporter.span.exported", EXPORTER, 10.0),
        ("otel.sdk.exporter.span.inflight", EXPORTER, 0.0),
    ] {
        let found = told(&metrics, name, component, None);
        assert!((found - expected).abs() < f64::EPSILON, "{name}: {found}");
        assert_eq!(metrics.named(name).unit(), "{span}");
    }
    let duration = metrics.named("otel.sdk.exporter.operation.duration");
    assert_eq!(duration.unit(), "s");
    let [point] = duration.points()[..] else {
        panic!("{:?}", duration.proto);
    };
    assert!(point.count() >= 1 && point.sum() > 0.0);
    drop(session);
    telemetry.stop();
}

#[test]
fn what_an_endpoint_refuses_is_measured_with_the_reason() {
    let telemetry = Telemetry::start();
    telemetry.collector().answer_with(|request| {
        let has_spans = request.path == "/v1/traces" && !request.body.is_empty();
        has_spans.then(|| Answer::new(400, &[], []))
    });
    one();
    let report = telemetry.guard().flush();
    assert_eq!(report.traces.quarantined, 1);
    telemetry.guard().flush();
    let metrics = telemetry.collector().metrics();
    let exported = "otel.sdk.exporter.span.exported";
    for (error, expected) in [(None, 0.0), (Some("rejected"), 1.0)] {
        let found = told(&metrics, exported, EXPORTER, error);
        assert!(
            (found - expected).abs() < f64::EPSILON,
            "{error:?}: {found}"
        );
    }
    let duration = metrics.named("otel.sdk.exporter.operation.duration");
    assert_eq!(duration.point(&[("error.type", "rejected")]).count(), 1);
}

#[test]
fn spans_that_wait_for_their_endpoint_are_measured() {
    let telemetry = Telemetry::start();
    telemetry.collector().answer_with(|request| {
        let is_spans = request.path == "/v1/traces";
        is_spans.then(|| Answer::new(503, &[], []))
    });
    one();
    telemetry.guard().flush();
    telemetry.guard().flush();
    let metrics = telemetry.collector().metrics();
    let waiting = told(
        &metrics,
        "otel.sdk.processor.span.queue.size",
        PROCESSOR,
        None,
    );
    assert!((waiting - 1.0).abs() < f64::EPSILON, "{waiting}");
    let duration = metrics.named("otel.sdk.exporter.operation.duration");
    assert!(duration.point(&[("error.type", "_OTHER")]).count() >= 1);
    telemetry.collector().answer_with(|_| None);
    telemetry.stop();
}
