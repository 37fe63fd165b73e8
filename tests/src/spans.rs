//! Received spans, as a test wants to ask about them.

use std::fmt::Write as _;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;
use std::vec;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::span::{Event as ProtoEvent, SpanKind};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span as ProtoSpan, Status};

use crate::attributes::Attributes;

/// Spans in the order of their arrival.
#[derive(Clone, Debug, Default)]
pub struct Spans(Vec<Span>);

/// One received span, with the resource and the scope it came under.
#[derive(Clone, Debug)]
pub struct Span {
    /// The span as it was sent.
    pub proto: ProtoSpan,
    resource: Arc<Resource>,
    scope: Arc<InstrumentationScope>,
}

/// An event of a span.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a>(&'a ProtoEvent);

impl Spans {
    /// The spans of these requests.
    pub fn of<'a>(requests: impl IntoIterator<Item = &'a ExportTraceServiceRequest>) -> Self {
        let resources = requests
            .into_iter()
            .flat_map(|request| &request.resource_spans);
        Self(resources.flat_map(spans_of_resource).collect())
    }

    /// The only span of this name.
    ///
    /// # Panics
    /// When there is none, or more than one.
    #[track_caller]
    pub fn named(&self, name: &str) -> &Span {
        match self.all_named(name)[..] {
            [span] => span,
            ref found => panic!(
                "{} spans are named `{name}`, of {:?}",
                found.len(),
                self.names()
            ),
        }
    }

    /// All spans of this name.
    pub fn all_named(&self, name: &str) -> Vec<&Span> {
        self.iter().filter(|span| span.name() == name).collect()
    }

    /// The spans right below this one, in the order of their arrival.
    pub fn children_of(&self, parent: &Span) -> Vec<&Span> {
        self.iter()
            .filter(|span| span.is_child_of(parent))
            .collect()
    }

    /// All names, in the order of their arrival.
    pub fn names(&self) -> Vec<&str> {
        self.iter().map(Span::name).collect()
    }
}

impl Deref for Spans {
    type Target = [Span];

    fn deref(&self) -> &[Span] {
        &self.0
    }
}

impl IntoIterator for Spans {
    type Item = Span;
    type IntoIter = vec::IntoIter<Span>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Span {
    /// The name.
    pub fn name(&self) -> &str {
        &self.proto.name
    }

    /// The trace id in lower-case hex.
    pub fn trace_id(&self) -> String {
        hex(&self.proto.trace_id)
    }

    /// The span id in lower-case hex.
    pub fn span_id(&self) -> String {
        hex(&self.proto.span_id)
    }

    /// The parent's span id in lower-case hex; `None` for a root.
    pub fn parent_id(&self) -> Option<String> {
        Some(hex(&self.proto.parent_span_id)).filter(|id| !id.is_empty())
    }

    /// Whether `parent` is the span right above this one.
    pub fn is_child_of(&self, parent: &Span) -> bool {
        self.proto.trace_id == parent.proto.trace_id
            && self.proto.parent_span_id == parent.proto.span_id
    }

    /// OpenTelemetry's kind, such as `Internal` or `Client`.
    pub fn kind(&self) -> SpanKind {
        self.proto.kind()
    }

    /// Time between start and end.
    ///
    /// # Panics
    /// When the span ends before it starts.
    #[track_caller]
    pub fn duration(&self) -> Duration {
        let (start, end) = (
            self.proto.start_time_unix_nano,
            self.proto.end_time_unix_nano,
        );
        match end.checked_sub(start) {
            Some(nanos) => Duration::from_nanos(nanos),
            None => panic!("span `{}` ends before it starts", self.name()),
        }
    }

    /// The status code; `Unset` where no status was sent.
    pub fn status(&self) -> StatusCode {
        self.proto
            .status
            .as_ref()
            .map_or(StatusCode::Unset, Status::code)
    }

    /// The status message; empty where none was sent.
    pub fn status_message(&self) -> &str {
        self.proto
            .status
            .as_ref()
            .map_or("", |status| status.message.as_str())
    }

    /// The attributes.
    pub fn attributes(&self) -> Attributes<'_> {
        Attributes(&self.proto.attributes)
    }

    /// The value of an attribute.
    #[track_caller]
    pub fn attr(&self, key: &str) -> Option<&AnyValue> {
        self.attributes().get(key)
    }

    /// The value of a string attribute; panics when it is of another type.
    #[track_caller]
    pub fn str(&self, key: &str) -> Option<&str> {
        self.attributes().str(key)
    }

    /// The value of an integer attribute; panics when it is of another type.
    #[track_caller]
    pub fn int(&self, key: &str) -> Option<i64> {
        self.attributes().int(key)
    }

    /// The value of a floating point attribute; panics when it is of another type.
    #[track_caller]
    pub fn f64(&self, key: &str) -> Option<f64> {
        self.attributes().f64(key)
    }

    /// The value of a boolean attribute; panics when it is of another type.
    #[track_caller]
    pub fn bool(&self, key: &str) -> Option<bool> {
        self.attributes().bool(key)
    }

    /// The events, in their order.
    pub fn events(&self) -> Vec<Event<'_>> {
        self.proto.events.iter().map(Event).collect()
    }

    /// The attributes of the resource.
    pub fn resource(&self) -> Attributes<'_> {
        Attributes(&self.resource.attributes)
    }

    /// Name of the instrumentation scope.
    pub fn scope_name(&self) -> &str {
        &self.scope.name
    }

    /// Version of the instrumentation scope.
    pub fn scope_version(&self) -> &str {
        &self.scope.version
    }

    /// Whether the ids have the lengths that OTLP prescribes, and are not all zero.
    pub(crate) fn has_valid_ids(&self) -> bool {
        let valid = |id: &[u8], length| id.len() == length && id.iter().any(|byte| *byte != 0);
        valid(&self.proto.trace_id, 16) && valid(&self.proto.span_id, 8)
    }
}

impl<'a> Event<'a> {
    /// The name.
    pub fn name(self) -> &'a str {
        &self.0.name
    }

    /// The attributes.
    pub fn attributes(self) -> Attributes<'a> {
        Attributes(&self.0.attributes)
    }
}

fn spans_of_resource(spans: &ResourceSpans) -> impl Iterator<Item = Span> {
    let resource = Arc::new(spans.resource.clone().unwrap_or_default());
    let scopes = spans.scope_spans.iter();
    scopes.flat_map(move |scope| spans_of_scope(scope, Arc::clone(&resource)))
}

fn spans_of_scope(spans: &ScopeSpans, resource: Arc<Resource>) -> impl Iterator<Item = Span> {
    let scope = Arc::new(spans.scope.clone().unwrap_or_default());
    spans.spans.iter().map(move |span| Span {
        proto: span.clone(),
        resource: Arc::clone(&resource),
        scope: Arc::clone(&scope),
    })
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a String takes all that is written");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{int, span, text, traces};

    #[test]
    fn span_tells_ids_attributes_resource_and_scope() {
        let mut leaf = span(2, 1, "leaf");
        leaf.attributes = vec![text("a", "x"), int("n", 7)];
        let spans = Spans::of([&traces(vec![span(1, 0, "root"), leaf])]);
        let (root, leaf) = (spans.named("root"), spans.named("leaf"));

        assert_eq!(root.trace_id(), "01".repeat(16));
        assert_eq!(
            (root.parent_id(), leaf.parent_id()),
            (None, Some(root.span_id()))
        );
        assert_eq!(spans.children_of(root)[0].name(), "leaf");
        assert_eq!(
            (leaf.str("a"), leaf.int("n"), leaf.bool("b")),
            (Some("x"), Some(7), None)
        );
        assert_eq!(leaf.duration(), Duration::from_nanos(250));
        assert_eq!(leaf.resource().str("service.name"), Some("fixture"));
        assert_eq!(
            (leaf.scope_name(), leaf.scope_version()),
            ("agentops", "0.1.0")
        );
        assert_eq!(leaf.status(), StatusCode::Unset);
    }

    #[test]
    #[should_panic(expected = "attribute `n` is not an integer but StringValue(\"7\")")]
    fn attribute_of_another_type_fails_the_test() {
        let mut span = span(1, 0, "root");
        span.attributes = vec![text("n", "7")];
        Spans::of([&traces(vec![span])]).named("root").int("n");
    }
}
