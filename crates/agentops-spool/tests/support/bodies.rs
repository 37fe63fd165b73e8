//! OTLP bodies of numbered spans, built by `opentelemetry-proto`, which is not ours.

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::InstrumentationScope;
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};
use prost::Message as _;

use crate::support::decoded;

/// A body of these spans, each with a name that `name` makes of its number.
pub(crate) fn body(
    numbers: impl IntoIterator<Item = u64>,
    name: impl Fn(u64) -> String,
) -> Vec<u8> {
    let spans = numbers.into_iter().map(|number| Span {
        trace_id: vec![1; 16],
        span_id: number.to_be_bytes().to_vec(),
        name: name(number),
        start_time_unix_nano: 1,
        end_time_unix_nano: 2,
        ..Span::default()
    });
    let scope = InstrumentationScope {
        name: "agentops".into(),
        ..InstrumentationScope::default()
    };
    let scope_spans = vec![ScopeSpans {
        scope: Some(scope),
        spans: spans.collect(),
        ..ScopeSpans::default()
    }];
    let resource_spans = vec![ResourceSpans {
        resource: Some(Resource::default()),
        scope_spans,
        ..ResourceSpans::default()
    }];
    ExportTraceServiceRequest { resource_spans }.encode_to_vec()
}

/// The numbers of the spans in these bodies, sorted; one that is there twice comes twice.
pub(crate) fn numbers<B: AsRef<[u8]>>(bodies: impl IntoIterator<Item = B>) -> Vec<u64> {
    let mut found: Vec<u64> = bodies
        .into_iter()
        .flat_map(|body| decoded::spans(body.as_ref()))
        .map(|span| u64::from_be_bytes(span.span_id.try_into().unwrap()))
        .collect();
    found.sort_unstable();
    found
}
