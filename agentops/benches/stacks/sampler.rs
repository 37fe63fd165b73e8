//! A sampler of roots that can be turned off while a provider lives.

use std::sync::atomic::{AtomicBool, Ordering};

use opentelemetry::trace::{Link, SpanKind, TraceId};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::trace::{Sampler, SamplingResult, ShouldSample};

static IS_OFF: AtomicBool = AtomicBool::new(false);

/// From here on no root is sampled.
pub(crate) fn turn_off() {
    IS_OFF.store(true, Ordering::Relaxed);
}

/// The SDK's own sampler: always on until [`turn_off`], then always off.
#[derive(Clone, Debug)]
struct Switch;

impl ShouldSample for Switch {
    fn should_sample(
        &self,
        parent: Option<&Context>,
        trace_id: TraceId,
        name: &str,
        kind: &SpanKind,
        attributes: &[KeyValue],
        links: &[Link],
    ) -> SamplingResult {
        let sampler = match IS_OFF.load(Ordering::Relaxed) {
            true => Sampler::AlwaysOff,
            false => Sampler::AlwaysOn,
        };
        sampler.should_sample(parent, trace_id, name, kind, attributes, links)
    }
}

/// The same below the SDK's rule for parents.
pub(crate) fn sampler() -> Sampler {
    Sampler::ParentBased(Box::new(Switch))
}
