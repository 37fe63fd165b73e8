//! Hand-built OTLP messages and a bare client, for the tests of this crate.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue};
use opentelemetry_proto::tonic::metrics::v1::{Metric, ResourceMetrics, ScopeMetrics};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};

/// A span of trace 1 that starts at second `id`; no parent is 0.
pub(crate) fn span(id: u8, parent: u8, name: &str) -> Span {
    let bytes = |id: u8| if id == 0 { Vec::new() } else { vec![id; 8] };
    Span {
        trace_id: vec![1; 16],
        span_id: bytes(id),
        parent_span_id: bytes(parent),
        name: name.to_owned(),
        start_time_unix_nano: u64::from(id) * 1_000_000_000,
        end_time_unix_nano: u64::from(id) * 1_000_000_000 + 250,
        ..Span::default()
    }
}

/// A request with these spans of service `fixture` and scope `agentops` 0.1.0.
pub(crate) fn traces(spans: Vec<Span>) -> ExportTraceServiceRequest {
    let scope_spans = vec![ScopeSpans {
        scope: Some(scope()),
        spans,
        ..ScopeSpans::default()
    }];
    ExportTraceServiceRequest {
        resource_spans: vec![ResourceSpans {
            resource: Some(resource()),
            scope_spans,
            ..ResourceSpans::default()
        }],
    }
}

/// A request with these metrics, of the same service and scope.
pub(crate) fn metrics(metrics: Vec<Metric>) -> ExportMetricsServiceRequest {
    let scope_metrics = vec![ScopeMetrics {
        scope: Some(scope()),
        metrics,
        ..ScopeMetrics::default()
    }];
    ExportMetricsServiceRequest {
        resource_metrics: vec![ResourceMetrics {
            resource: Some(resource()),
            scope_metrics,
            ..ResourceMetrics::default()
        }],
    }
}

pub(crate) fn text(key: &str, value: &str) -> KeyValue {
    attribute(key, Value::StringValue(value.to_owned()))
}

pub(crate) fn int(key: &str, value: i64) -> KeyValue {
    attribute(key, Value::IntValue(value))
}

/// Sends one request on a connection of its own and returns the whole answer.
pub(crate) fn post(addr: SocketAddr, path: &str, body: &[u8]) -> String {
    let mut connection = TcpStream::connect(addr).unwrap();
    connection.write_all(&head(path, body.len())).unwrap();
    connection.write_all(body).unwrap();
    read_answer(&mut connection)
}

/// The head of a request whose body has this length.
pub(crate) fn head(path: &str, length: usize) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n\
         Content-Length: {length}\r\n\r\n"
    )
    .into_bytes()
}

/// Reads one answer: its head and as much body as that says.
pub(crate) fn read_answer(connection: &mut TcpStream) -> String {
    let mut answer = String::new();
    let mut byte = [0];
    while !answer.ends_with("\r\n\r\n") && connection.read(&mut byte).unwrap() == 1 {
        answer.push(byte[0].into());
    }
    let length = answer
        .split_once("content-length: ")
        .map_or(0, |(_, rest)| {
            let digits = rest.split("\r\n").next().unwrap_or_default();
            digits.parse().unwrap()
        });
    let mut body = vec![0; length];
    connection.read_exact(&mut body).unwrap();
    answer + &String::from_utf8(body).unwrap()
}

fn attribute(key: &str, value: Value) -> KeyValue {
    KeyValue {
        key: key.to_owned(),
        value: Some(AnyValue { value: Some(value) }),
        ..KeyValue::default()
    }
}

fn resource() -> Resource {
    Resource {
        attributes: vec![text("service.name", "fixture")],
        ..Resource::default()
    }
}

fn scope() -> InstrumentationScope {
    InstrumentationScope {
        name: "agentops".to_owned(),
        version: "0.1.0".to_owned(),
        ..InstrumentationScope::default()
    }
}
