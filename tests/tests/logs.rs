//! Log records through OpenTelemetry's own appenders.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use agentops_tests::{Logs, Received, Telemetry};
use opentelemetry_appender_log::OpenTelemetryLogBridge;
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_proto::tonic::logs::v1::SeverityNumber;
use tracing_subscriber::layer::SubscriberExt as _;

#[agentops::session(id = "s-1", user = "u-7", tags("nightly"))]
fn run() {
    tracing::info!(pages = 3, "reading");
    search();
}

#[agentops::tool]
fn search() {
    tracing::warn!("nothing found");
}

/// Runs `f` under a subscriber that hands its events to the logger provider.
fn with_events(f: impl FnOnce()) -> Received {
    let telemetry = Telemetry::start();
    let provider = telemetry.guard().logger_provider().unwrap();
    let layer = OpenTelemetryTracingBridge::new(provider);
    let subscriber = tracing_subscriber::registry().with(layer);
    tracing::subscriber::with_default(subscriber, f);
    telemetry.stop()
}

#[test]
fn event_of_tracing_carries_the_ids_of_span_and_session() {
    let received = with_events(run);
    let logs = Logs::of(&received.requests);
    for (text, span) in [("reading", "run"), ("nothing found", "execute_tool search")] {
        let (log, span) = (logs.saying(text), received.spans.named(span));
        assert_eq!(log.trace_id(), span.trace_id());
        assert_eq!(log.span_id(), span.span_id());
        assert_eq!(log.attributes().str("session.id"), Some("s-1"));
        assert_eq!(log.attributes().str("user.id"), Some("u-7"));
        let tags = log.attributes().strs("agentops.tags");
        assert_eq!(tags, Some(vec!["nightly"]));
    }
    let reading = logs.saying("reading");
    assert_eq!(reading.attributes().int("pages"), Some(3));
    assert_eq!(reading.proto.severity_number(), SeverityNumber::Info);
    let service = received.spans[0].resource().str("service.name");
    assert_eq!(reading.resource().str("service.name"), service);
}

#[test]
fn event_outside_of_a_session_carries_none() {
    let received = with_events(|| tracing::info!("alone"));
    let logs = Logs::of(&received.requests);
    let log = logs.saying("alone");
    assert_eq!((log.trace_id().as_str(), log.span_id().as_str()), ("", ""));
    assert_eq!(log.attributes().str("session.id"), None);
}

#[test]
fn record_of_log_carries_the_ids_of_span_and_session() {
    #[agentops::session(id = "s-2")]
    fn run() {
        log::error!("no budget left");
    }

    let telemetry = Telemetry::start();
    let provider = telemetry.guard().logger_provider().unwrap();
    // Once in this process: no other test of this file uses `log`.
    log::set_boxed_logger(Box::new(OpenTelemetryLogBridge::new(provider))).unwrap();
    log::set_max_level(log::LevelFilter::Info);
    run();
    let received = telemetry.stop();
    let logs = Logs::of(&received.requests);
    let log = logs.saying("no budget left");
    assert_eq!(log.span_id(), received.spans.named("run").span_id());
    assert_eq!(log.attributes().str("session.id"), Some("s-2"));
    assert_eq!(log.proto.severity_number(), SeverityNumber::Error);
}

#[test]
fn suppressed_code_logs_nothing() {
    // So OpenTelemetry decides it: suppression is for telemetry of all sorts.
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let received = with_events(|| {
        runtime.unwrap().block_on(agentops::suppressed(async {
            tracing::info!("quiet");
        }));
    });
    assert!(Logs::of(&received.requests).is_empty());
}
