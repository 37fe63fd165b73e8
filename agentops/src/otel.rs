//! Where OpenTelemetry code of your own meets agentops.
//!
//! The versions that agentops is built on, and a processor for spans and log records.

pub use opentelemetry;
pub use opentelemetry_sdk;

use std::time::Duration;

use opentelemetry::logs::{AnyValue, LogRecord as _};
use opentelemetry::trace::Span as _;
use opentelemetry::{Array, Context, InstrumentationScope, KeyValue, Value};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::logs::{LogProcessor, SdkLogRecord};
use opentelemetry_sdk::trace::{Span, SpanData, SpanProcessor};

use crate::export::exporter::SessionExporter;
use crate::run::{CurrentRun, Run, session_in_baggage};
use crate::{host, semconv};

/// Puts `session.id`, `user.id` and the session's tags on spans and log records of other code.
///
/// The providers that `init` makes have one. A program that brings a provider of
/// its own, which `init` leaves alone, adds one to it:
///
/// ```
/// use agentops::otel::SessionProcessor;
/// use agentops::otel::opentelemetry_sdk::logs::SdkLoggerProvider;
/// use agentops::otel::opentelemetry_sdk::trace::SdkTracerProvider;
///
/// // Before the processors that export.
/// let tracers = SdkTracerProvider::builder()
///     .with_span_processor(SessionProcessor::new())
///     .build();
/// let loggers = SdkLoggerProvider::builder()
///     .with_log_processor(SessionProcessor::new())
///     .build();
/// # drop((tracers, loggers));
/// ```
#[derive(Clone, Debug, Default)]
pub struct SessionProcessor {
    exports: bool,
}

impl SessionProcessor {
    /// A processor that stamps spans and log records, and leaves their export to others.
    pub fn new() -> Self {
        Self::default()
    }

    /// A processor that exports through our pipeline too.
    pub(crate) fn exporting() -> Self {
        Self { exports: true }
    }
}

/// What is said of the session that `cx` is in.
fn stamps(cx: &Context) -> Vec<KeyValue> {
    let id = |id: String| KeyValue::new(semconv::SESSION_ID, id);
    if let Some(run) = Run::of(cx).filter(|run| run.is_session()) {
        let mut stamps = run.attributes();
        stamps.push(id(run.id.clone()));
        return stamps;
    }
    // The session of another service that this code works for.
    session_in_baggage(cx).map(id).into_iter().collect()
}

impl SpanProcessor for SessionProcessor {
    fn on_start(&self, span: &mut Span, cx: &Context) {
        for stamp in stamps(cx) {
            span.set_attribute(stamp);
        }
    }

    fn on_end(&self, span: SpanData) {
        if self.exports {
            let stamped = span.attributes.iter();
            let stamped = stamped
                .filter(|attribute| attribute.key.as_str() == semconv::SESSION_ID)
                .map(|attribute| attribute.value.as_str());
            // It may end within another session than it began in, and belongs to that one.
            let current = CurrentRun::get().filter(|current| {
                let mut stamped = stamped.clone();
                stamped.any(|id| id == current.run.id.as_str())
            });
            SessionExporter::write(&span, current.map_or(0, |current| current.run.told_index()));
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

impl LogProcessor for SessionProcessor {
    fn emit(&self, record: &mut SdkLogRecord, _: &InstrumentationScope) {
        for stamp in stamps(&host::current_context()) {
            record.add_attribute(stamp.key, any_value(stamp.value));
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

/// A stamp's value as a log record takes it: text, or a list of texts.
fn any_value(value: Value) -> AnyValue {
    match value {
        Value::Array(Array::String(texts)) => {
            AnyValue::ListAny(Box::new(texts.into_iter().map(AnyValue::String).collect()))
        }
        Value::String(text) => AnyValue::String(text),
        other => AnyValue::from(other.to_string()),
    }
}
