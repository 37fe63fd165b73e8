//! The resource: what telemetry comes from, the same on all three signals.

use std::collections::BTreeMap;

use agentops::otel::opentelemetry::KeyValue as ApiKeyValue;
use agentops::otel::opentelemetry::logs::{
    AnyValue, LogRecord as _, Logger as _, LoggerProvider as _, Severity,
};
use agentops_tests::{Payload, Received, Telemetry};
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use opentelemetry_proto::tonic::resource::v1::Resource;

#[agentops::session]
fn run(telemetry: &Telemetry) {
    ask();
    let provider = telemetry.guard().logger_provider().unwrap();
    let logger = provider.logger("app");
    let mut record = logger.create_log_record();
    record.set_severity_number(Severity::Warn);
    record.set_body(AnyValue::from("low on budget"));
    record.add_attribute("left", 3);
    logger.emit(record);
}

#[agentops::llm_call(model = "gpt-4o")]
fn ask() {}

fn record() -> Received {
    let telemetry = Telemetry::start_with(|config, _| {
        config
            .service_name("planner")
            .service_version("1.2.3")
            .environment("staging")
            .resource("team", "agents")
            .resource("replicas", 3)
            .resource("zones", ApiKeyValue::new("", "a,b").value)
    });
    run(&telemetry);
    telemetry.stop()
}

/// The resources of all requests, by their path.
fn resources(received: &Received) -> Vec<(&str, &Resource)> {
    let mut found = Vec::new();
    for request in &received.requests {
        let resources: Vec<&Option<Resource>> = match &request.payload {
            Payload::Traces(of) => of.resource_spans.iter().map(|r| &r.resource).collect(),
            Payload::Metrics(of) => of.resource_metrics.iter().map(|r| &r.resource).collect(),
            Payload::Logs(of) => of.resource_logs.iter().map(|r| &r.resource).collect(),
            Payload::Other => panic!("{} holds no OTLP", request.path),
        };
        for resource in resources {
            found.push((&*request.path, resource.as_ref().unwrap()));
        }
    }
    found
}

fn sorted(attributes: &[KeyValue]) -> BTreeMap<&str, String> {
    let shown = |attribute: &KeyValue| format!("{:?}", attribute.value);
    attributes
        .iter()
        .map(|attribute| (&*attribute.key, shown(attribute)))
        .collect()
}

#[test]
fn resource_is_the_same_on_traces_metrics_and_logs() {
    let received = record();
    let resources = resources(&received);
    for path in ["/v1/traces", "/v1/metrics", "/v1/logs"] {
        assert!(
            resources.iter().any(|(found, _)| *found == path),
            "nothing was sent to {path}"
        );
    }
    let (_, first) = resources[0];
    for (path, resource) in &resources {
        let attributes = sorted(&resource.attributes);
        assert_eq!(attributes.len(), resource.attributes.len(), "{path}");
        assert_eq!(attributes, sorted(&first.attributes), "{path}");
    }
}

#[test]
fn resource_names_program_process_host_and_sdk() {
    let received = record();
    let resource = received.spans[0].resource();
    for (key, expected) in [
        ("service.name", "planner"),
        ("service.version", "1.2.3"),
        ("deployment.environment.name", "staging"),
        ("team", "agents"),
        ("telemetry.sdk.name", "opentelemetry"),
        ("telemetry.sdk.language", "rust"),
        ("telemetry.distro.name", "agentops"),
        ("telemetry.distro.version", env!("CARGO_PKG_VERSION")),
        ("os.type", std::env::consts::OS),
    ] {
        assert_eq!(resource.str(key), Some(expected), "{key}");
    }
    assert_eq!(resource.int("replicas"), Some(3));
    assert_eq!(resource.int("process.pid"), Some(std::process::id().into()));
    for key in [
        "telemetry.sdk.version",
        "service.instance.id",
        "host.name",
        "host.arch",
        "process.executable.name",
    ] {
        assert!(
            resource.str(key).is_some_and(|value| !value.is_empty()),
            "{key}"
        );
    }
    for key in resource.keys() {
        assert!(
            !key.contains("command"),
            "a command line may hold secrets: {key}"
        );
    }
}

#[test]
fn program_without_a_name_is_named_after_its_file() {
    let telemetry = Telemetry::start();
    run(&telemetry);
    let spans = telemetry.stop().spans;
    let name = spans[0].resource().str("service.name").unwrap();
    assert!(name.starts_with("unknown_service:traces"), "{name}");
}

#[test]
fn log_record_carries_the_ids_of_the_span_it_was_made_in() {
    let received = record();
    let records: Vec<&LogRecord> = received
        .requests
        .iter()
        .filter_map(|request| match &request.payload {
            Payload::Logs(logs) => Some(logs),
            _ => None,
        })
        .flat_map(|logs| &logs.resource_logs)
        .flat_map(|logs| &logs.scope_logs)
        .flat_map(|logs| &logs.log_records)
        .collect();
    let [record] = records[..] else {
        panic!("one record was emitted, not {}", records.len());
    };
    let span = received.spans.named("run");
    assert_eq!(record.trace_id, span.proto.trace_id);
    assert_eq!(record.span_id, span.proto.span_id);
    assert_eq!(record.attributes[0].key, "left");
}
