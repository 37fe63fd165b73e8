//! OTLP bodies decoded by `opentelemetry-proto`, which is not ours.

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;

/// The request; panics if a byte of it is wrong.
#[track_caller]
pub(crate) fn request(body: &[u8]) -> ExportTraceServiceRequest {
    ExportTraceServiceRequest::decode(body).unwrap()
}

/// All spans of a request.
#[track_caller]
pub(crate) fn spans(body: &[u8]) -> Vec<Span> {
    request(body)
        .resource_spans
        .into_iter()
        .flat_map(|resource| resource.scope_spans)
        .flat_map(|scope| scope.spans)
        .collect()
}

/// The values of attribute `key`; more than one is a mistake.
pub(crate) fn values(span: &Span, key: &str) -> Vec<Value> {
    span.attributes
        .iter()
        .filter(|attribute| attribute.key == key)
        .filter_map(|attribute| attribute.value.clone()?.value)
        .collect()
}

/// A text value.
pub(crate) fn text(text: &str) -> Value {
    Value::StringValue(text.into())
}
