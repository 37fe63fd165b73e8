//! The SDK's providers, all with one resource, all ending in the spool.

pub(crate) mod account;
mod existing;

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use agentops_spool::limits::Limits;
use agentops_spool::queue::Queue;
use opentelemetry::metrics::MeterProvider as _;
use opentelemetry::{KeyValue, global};
use opentelemetry_otlp::{
    LogExporter, MetricExporter, Protocol, WithExportConfig as _, WithHttpConfig as _,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::SdkLoggerProvider;
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider, Temporality};
use opentelemetry_sdk::trace::{ParentBasedSampler, Sampler, SdkTracerProvider, SpanLimits};

use crate::error::Error;
use crate::export::http_client::SpoolClient;
use crate::ids::Ids;
use crate::metrics;
use crate::otel::SessionProcessor;
use crate::propagation::Propagator;
use crate::providers::account::SpanQueue;
use crate::sampling::Sampling;
use crate::semconv;

/// Given to exporters that append to the spool, so that they do not look into the environment,
/// whose bad values they would fail for.
const UNUSED_ENDPOINT: &str = "http://localhost";

/// Attributes by which our processor stamps spans, which come on top of what their limit counts.
const STAMPS: u32 = 3;

/// The three providers.
#[derive(Clone, Debug)]
pub(crate) struct Providers {
    tracer: SdkTracerProvider,
    meter: SdkMeterProvider,
    logger: SdkLoggerProvider,
}

/// What the providers are built from.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) resource: Resource,
    pub(crate) sampler: Option<Sampling>,
    pub(crate) limits: Limits,
    pub(crate) temporality: Temporality,
    pub(crate) metric_interval: std::time::Duration,
    pub(crate) metrics: Vec<Arc<Queue>>,
    pub(crate) logs: Vec<Arc<Queue>>,
    /// All queues, whose size is measured.
    pub(crate) spool: Vec<Arc<Queue>>,
    /// Those of spans, whose account is.
    pub(crate) traces: Vec<SpanQueue>,
}

impl Providers {
    /// Builds the providers.
    pub(crate) fn build(parts: Parts) -> Result<Self, Error> {
        // Always given, because the SDK would look into the environment for it.
        let usual = || Box::new(ParentBasedSampler::new(Sampler::AlwaysOn)) as _;
        let tracer = SdkTracerProvider::builder()
            .with_resource(parts.resource.clone())
            .with_span_processor(SessionProcessor::exporting())
            .with_id_generator(Ids)
            .with_span_limits(span_limits(parts.limits))
            .with_sampler(
                parts
                    .sampler
                    .map_or_else(usual, |sampling| sampling.for_provider()),
            );
        let mut meter = SdkMeterProvider::builder().with_resource(parts.resource.clone());
        if !parts.metrics.is_empty() {
            let exporter = MetricExporter::builder()
                .with_http()
                .with_http_client(SpoolClient::new(parts.metrics))
                .with_endpoint(UNUSED_ENDPOINT)
                .with_protocol(Protocol::HttpBinary)
                .with_temporality(parts.temporality)
                .build()
                .map_err(provider_error("metric exporter"))?;
            let reader = PeriodicReader::builder(exporter)
                .with_interval(parts.metric_interval)
                .build();
            meter = meter.with_reader(reader);
        }
        let mut logger = SdkLoggerProvider::builder().with_resource(parts.resource);
        if !parts.logs.is_empty() {
            let exporter = LogExporter::builder()
                .with_http()
                .with_http_client(SpoolClient::new(parts.logs))
                .with_endpoint(UNUSED_ENDPOINT)
                .with_protocol(Protocol::HttpBinary)
                .build()
                .map_err(provider_error("log exporter"))?;
            // What follows sees what it adds.
            logger = logger
                .with_log_processor(SessionProcessor::new())
                .with_batch_exporter(exporter);
        }
        let meter = meter.build();
        measure_spool(&meter, &parts.spool);
        account::measure(&meter.meter(metrics::SCOPE), &parts.traces);
        Ok(Self {
            tracer: tracer.build(),
            meter,
            logger: logger.build(),
        })
    }

    /// Makes the providers and the propagator the global ones, where the program has none.
    ///
    /// What it has set up stays: its spans and metrics go where it sends them, and share
    /// context and trace ids with ours.
    pub(crate) fn install(&self) {
        if !existing::has_tracers() {
            global::set_tracer_provider(self.tracer.clone());
        }
        if !existing::has_meters() {
            global::set_meter_provider(self.meter.clone());
        }
        if !existing::has_propagator() {
            global::set_text_map_propagator(Propagator::new());
        }
        self.install_own();
    }

    /// Has spans of ours feed the metrics, and leaves all global ones as they are.
    pub(crate) fn install_own(&self) {
        metrics::install(&self.meter);
    }

    /// The provider of loggers, for appenders.
    pub(crate) fn logger(&self) -> &SdkLoggerProvider {
        &self.logger
    }

    /// Collects metrics and logs into the spool. Spans were counted before.
    pub(crate) fn flush(&self) {
        // Both end in a local append; what cannot be written is counted there.
        let _ = self.meter.force_flush();
        let _ = self.logger.force_flush();
    }

    /// The last collection; nothing is recorded afterwards.
    pub(crate) fn shutdown(&self) {
        let _ = self.tracer.shutdown();
        let _ = self.meter.shutdown();
        let _ = self.logger.shutdown();
    }
}

/// The limits for spans of other code, as far as the SDK keeps them; the recorder keeps the rest.
fn span_limits(limits: Limits) -> SpanLimits {
    let count = |limit| u32::try_from(limit).unwrap_or(u32::MAX);
    SpanLimits {
        max_attributes_per_span: count(limits.attributes).saturating_add(STAMPS),
        max_events_per_span: count(limits.events),
        max_links_per_span: count(limits.links),
        // Of those that the SDK drops here it would count none where we could read it.
        max_attributes_per_event: u32::MAX,
        max_attributes_per_link: u32::MAX,
    }
}

/// Measures the bytes that wait in the spool, whenever metrics are collected.
fn measure_spool(meter: &SdkMeterProvider, queues: &[Arc<Queue>]) {
    // The provider may outlive the pipeline as the global one.
    let queues: Vec<Weak<Queue>> = queues.iter().map(Arc::downgrade).collect();
    let meter = meter.meter(metrics::SCOPE);
    meter
        .u64_observable_gauge(semconv::AGENTOPS_SPOOL_BYTES)
        .with_unit("By")
        .with_description("Bytes that wait in the spool")
        .with_callback(move |gauge| {
            let mut bytes = BTreeMap::new();
            // A queue that nothing ever came into is no news.
            let is_used = |queue: &Arc<Queue>| {
                let ledger = queue.ledger();
                ledger.ended + ledger.adopted > 0
            };
            for queue in queues.iter().filter_map(Weak::upgrade).filter(is_used) {
                *bytes.entry(queue.signal().as_str()).or_default() += queue.bytes();
            }
            for (signal, bytes) in bytes {
                gauge.observe(bytes, &[KeyValue::new(semconv::AGENTOPS_SIGNAL, signal)]);
            }
        })
        .build();
}

fn provider_error<E>(component: &'static str) -> impl FnOnce(E) -> Error
where
    E: std::error::Error + Send + Sync + 'static,
{
    move |source| Error::Provider {
        component,
        source: Box::new(source),
    }
}
