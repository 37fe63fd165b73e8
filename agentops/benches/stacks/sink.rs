//! Exporters that take spans and metrics, count them and drop them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fastrace::collector::{Reporter, SpanRecord};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::metrics::Temporality;
use opentelemetry_sdk::metrics::data::ResourceMetrics;
use opentelemetry_sdk::metrics::exporter::PushMetricExporter;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

/// Spans that came from the SDK.
pub(crate) static SDK: AtomicU64 = AtomicU64::new(0);
/// Spans that came from the SDK below `tracing`.
pub(crate) static TRACING: AtomicU64 = AtomicU64::new(0);
/// Spans that came from fastrace.
pub(crate) static PLAIN: AtomicU64 = AtomicU64::new(0);
/// Spans that came from fastrace through its reporter for OpenTelemetry.
pub(crate) static TRANSLATED: AtomicU64 = AtomicU64::new(0);

/// Spans that each stack has brought, to compare with what was made.
pub(crate) fn taken() -> [(&'static str, u64); 4] {
    [
        ("otel-sdk", &SDK),
        ("tracing-otel", &TRACING),
        ("fastrace", &PLAIN),
        ("fastrace-otel", &TRANSLATED),
    ]
    .map(|(stack, taken)| (stack, taken.load(Ordering::Relaxed)))
}

/// Where spans end; it holds how many there were.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sink(pub(crate) &'static AtomicU64);

impl Sink {
    fn take<T>(self, spans: Vec<T>) {
        let taken = u64::try_from(spans.len()).unwrap_or(u64::MAX);
        self.0.fetch_add(taken, Ordering::Relaxed);
        drop(spans);
    }
}

impl SpanExporter for Sink {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.take(batch);
        Ok(())
    }
}

impl Reporter for Sink {
    fn report(&mut self, spans: Vec<SpanRecord>) {
        self.take(spans);
    }
}

/// Where metrics end.
pub(crate) struct MetricSink;

impl PushMetricExporter for MetricSink {
    async fn export(&self, _: &ResourceMetrics) -> OTelSdkResult {
        Ok(())
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }

    fn temporality(&self) -> Temporality {
        Temporality::Cumulative
    }
}
