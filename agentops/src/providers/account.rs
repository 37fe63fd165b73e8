//! Measure what becomes of telemetry, by OpenTelemetry's names for it.
//!
//! The ledger of each queue is read whenever metrics are collected. A queue is a processor,
//! and its sender, if it has one, an exporter.

use std::sync::{Arc, Weak};

use agentops_spool::ledger::{Ledger, LossReason};
use agentops_spool::queue::Queue;
use opentelemetry::KeyValue;
use opentelemetry::metrics::Meter;

use crate::export::counts;
use crate::semconv;

/// The processor of spans: drain thread and spool.
const PROCESSOR: &str = "agentops_spool_processor";
/// The exporter of spans, in the conventions' word.
pub(crate) const EXPORTER: &str = "otlp_http_span_exporter";

/// A queue of spans.
#[derive(Clone, Debug)]
pub(crate) struct SpanQueue {
    pub(crate) queue: Arc<Queue>,
    /// Whether it is sent to an endpoint.
    pub(crate) is_sent: bool,
}

/// The queues, which may be gone before the provider is, with their numbers.
#[derive(Clone, Debug)]
struct Account(Vec<(Weak<Queue>, bool)>);

/// What one queue says.
struct Entry {
    ledger: Ledger,
    in_flight: u64,
    is_sent: bool,
    /// Number among the queues of spans.
    number: usize,
}

/// Makes the instruments that look at `queues`.
pub(super) fn measure(meter: &Meter, queues: &[SpanQueue]) {
    let queues = queues.iter();
    let account = Account(
        queues
            .map(|it| (Arc::downgrade(&it.queue), it.is_sent))
            .collect(),
    );
    measure_spans(meter);
    measure_processors(meter, &account);
    measure_exporters(meter, &account);
}

fn measure_spans(meter: &Meter) {
    let sampled = || KeyValue::new(semconv::OTEL_SPAN_SAMPLING_RESULT, "RECORD_AND_SAMPLE");
    meter
        .u64_observable_counter(semconv::OTEL_SDK_SPAN_STARTED)
        .with_unit("{span}")
        .with_description("Spans that were begun and recorded")
        .with_callback(move |counter| {
            if counts::started() > 0 {
                counter.observe(counts::started(), &[sampled()]);
            }
        })
        .build();
    meter
        .i64_observable_up_down_counter(semconv::OTEL_SDK_SPAN_LIVE)
        .with_unit("{span}")
        .with_description("Recorded spans that have not ended")
        .with_callback(move |counter| {
            if counts::started() > 0 {
                counter.observe(signed(counts::live()), &[sampled()]);
            }
        })
        .build();
}

fn measure_processors(meter: &Meter, account: &Account) {
    let queues = account.clone();
    meter
        .i64_observable_up_down_counter(semconv::OTEL_SDK_PROCESSOR_SPAN_QUEUE_SIZE)
        .with_unit("{span}")
        .with_description("Spans that wait in the spool")
        .with_callback(move |size| {
            for entry in queues.entries() {
                let waiting = entry.ledger.spooled + entry.ledger.buffered;
                size.observe(signed(waiting), &entry.component(PROCESSOR, None));
            }
        })
        .build();
    let queues = account.clone();
    meter
        .u64_observable_counter(semconv::OTEL_SDK_PROCESSOR_SPAN_PROCESSED)
        .with_unit("{span}")
        .with_description("Spans that were brought to where they go, or are gone, and why")
        .with_callback(move |processed| {
            for entry in queues.entries() {
                processed.observe(entry.arrived(), &entry.component(PROCESSOR, None));
                for (reason, count) in entry.losses() {
                    processed.observe(count, &entry.component(PROCESSOR, Some(reason.as_str())));
                }
            }
        })
        .build();
}

fn measure_exporters(meter: &Meter, account: &Account) {
    let queues = account.clone();
    meter
        .i64_observable_up_down_counter(semconv::OTEL_SDK_EXPORTER_SPAN_INFLIGHT)
        .with_unit("{span}")
        .with_description("Spans that are being sent")
        .with_callback(move |inflight| {
            for entry in queues.entries().filter(|entry| entry.is_sent) {
                inflight.observe(signed(entry.in_flight), &entry.component(EXPORTER, None));
            }
        })
        .build();
    let queues = account.clone();
    meter
        .u64_observable_counter(semconv::OTEL_SDK_EXPORTER_SPAN_EXPORTED)
        .with_unit("{span}")
        .with_description("Spans that the endpoint took, or refused for good")
        .with_callback(move |exported| {
            for entry in queues.entries().filter(|entry| entry.is_sent) {
                let Ledger {
                    delivered,
                    quarantined,
                    ..
                } = entry.ledger;
                exported.observe(delivered, &entry.component(EXPORTER, None));
                let rejected = LossReason::Rejected;
                let refused = quarantined + entry.ledger.lost_to(rejected);
                if refused > 0 {
                    let word = Some(rejected.as_str());
                    exported.observe(refused, &entry.component(EXPORTER, word));
                }
            }
        })
        .build();
}

impl Account {
    /// What each queue says that anything ever came into.
    fn entries(&self) -> impl Iterator<Item = Entry> {
        let queues = self.0.iter().enumerate();
        let entries = queues.filter_map(|(number, (queue, is_sent))| {
            let queue = queue.upgrade()?;
            Some(Entry {
                ledger: queue.ledger(),
                in_flight: queue.in_flight(),
                is_sent: *is_sent,
                number,
            })
        });
        entries.filter(|entry| {
            let came = entry.ledger.ended + entry.ledger.adopted;
            came + entry.without_room() > 0
        })
    }
}

impl Entry {
    /// Spans that are where they go: taken by the endpoint, or written on this machine. What is
    /// written and removed later, because it is too much or too old, was both.
    fn arrived(&self) -> u64 {
        let Ledger {
            ended,
            adopted,
            lost,
            buffered,
            delivered,
            ..
        } = self.ledger;
        match self.is_sent {
            true => delivered,
            false => ended + adopted - lost - buffered,
        }
    }

    /// Those that came into no queue are told by the first one.
    fn without_room(&self) -> u64 {
        if self.number == 0 { counts::lost() } else { 0 }
    }

    fn losses(&self) -> impl Iterator<Item = (LossReason, u64)> + use<> {
        // Of those that found no room, some may be of a process that was killed.
        let mut ledger = self.ledger;
        ledger.lose(LossReason::NoRoom, self.without_room());
        ledger.losses()
    }

    fn component(&self, component: &'static str, error: Option<&'static str>) -> Vec<KeyValue> {
        let mut attributes = component_attributes(component, self.number);
        attributes.extend(error.map(|error| KeyValue::new(semconv::ERROR_TYPE, error)));
        attributes
    }
}

/// Which part of us measures: its type, and its name, which is unique.
pub(crate) fn component_attributes(component: &'static str, number: usize) -> Vec<KeyValue> {
    vec![
        KeyValue::new(semconv::OTEL_COMPONENT_TYPE, component),
        KeyValue::new(
            semconv::OTEL_COMPONENT_NAME,
            format!("{component}/{number}"),
        ),
    ]
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
