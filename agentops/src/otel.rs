//! Where OpenTelemetry code of your own meets agentops.
//!
//! The versions that agentops is built on, and a span processor.

pub use opentelemetry;
pub use opentelemetry_sdk;

use std::time::Duration;

use opentelemetry::trace::Span as _;
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{Span, SpanData, SpanProcessor};

use crate::export::exporter::SessionExporter;
use crate::run::{CurrentRun, Run};
use crate::semconv;

/// Puts `session.id` on the spans of other OpenTelemetry code.
///
/// The tracer provider that `init` installs has one. Add it to a provider of
/// your own to have the same there:
///
/// ```
/// use agentops::otel::SessionProcessor;
/// use agentops::otel::opentelemetry_sdk::trace::SdkTracerProvider;
///
/// let provider = SdkTracerProvider::builder()
///     .with_span_processor(SessionProcessor::new())
///     .build();
/// # drop(provider);
/// ```
#[derive(Clone, Debug, Default)]
pub struct SessionProcessor {
    exports: bool,
}

impl SessionProcessor {
    /// A processor that stamps spans and leaves their export to others.
    pub fn new() -> Self {
        Self::default()
    }

    /// A processor that exports through our pipeline too.
    pub(crate) fn exporting() -> Self {
        Self { exports: true }
    }
}

impl SpanProcessor for SessionProcessor {
    fn on_start(&self, span: &mut Span, cx: &Context) {
        if let Some(run) = Run::of(cx).filter(|run| run.is_session()) {
            span.set_attribute(KeyValue::new(semconv::SESSION_ID, run.id.clone()));
        }
    }

    fn on_end(&self, span: SpanData) {
        if self.exports {
            // The record carries the index for grouping only; `on_start` put the id on the span.
            let session = CurrentRun::get().map_or(0, |current| current.run.index);
            SessionExporter::write(&span, session);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}
