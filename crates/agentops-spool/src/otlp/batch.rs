//! Collect encoded spans into a body of `ExportTraceServiceRequest`.

use crate::otlp::span::encode;
use crate::otlp::wire::Writer;
use crate::span::Span;

/// The instrumentation scope of our own spans.
const SCOPE: (&str, &str) = ("agentops", env!("CARGO_PKG_VERSION"));

/// Spans of one session, by scope.
#[derive(Debug, Default)]
pub struct Batch {
    scopes: Vec<Scope>,
    count: u32,
    len: usize,
}

#[derive(Debug)]
struct Scope {
    name: String,
    version: String,
    /// Fields `spans` of `ScopeSpans`.
    spans: Writer,
}

impl Batch {
    /// Adds a span.
    pub fn push(&mut self, span: &Span<'_>) {
        let (name, version) = match span.scope.0 {
            "" => SCOPE,
            _ => span.scope,
        };
        let scope = self.scope(name, version);
        let before = scope.spans.as_bytes().len();
        scope.spans.message(2, |out| encode(span, out));
        self.len += scope.spans.as_bytes().len() - before;
        self.count += 1;
    }

    /// Adds the mark of a span that ended: its ids and nothing else.
    pub fn push_closed(&mut self, trace_id: [u8; 16], span_id: [u8; 8]) {
        let scope = self.scope(SCOPE.0, SCOPE.1);
        scope.spans.message(2, |out| {
            out.bytes(1, &trace_id);
            out.bytes(2, &span_id);
        });
        self.count += 1;
    }

    fn scope(&mut self, name: &str, version: &str) -> &mut Scope {
        let known = self
            .scopes
            .iter()
            .position(|scope| scope.name == name && scope.version == version);
        let index = known.unwrap_or_else(|| {
            self.scopes.push(Scope {
                name: name.to_owned(),
                version: version.to_owned(),
                spans: Writer::default(),
            });
            self.scopes.len() - 1
        });
        &mut self.scopes[index]
    }

    /// Spans in it.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Bytes of the spans in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The request body; `resource` is an encoded `Resource`.
    #[must_use]
    pub fn body(&self, resource: &[u8]) -> Vec<u8> {
        let mut out = Writer::default();
        out.message(1, |out| {
            out.bytes(1, resource);
            for scope in &self.scopes {
                out.message(2, |out| {
                    out.message(1, |out| {
                        out.text(1, &scope.name);
                        out.text(2, &scope.version);
                    });
                    out.raw(scope.spans.as_bytes());
                });
            }
        });
        out.into_bytes()
    }
}
