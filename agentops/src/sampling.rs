//! Decide whether a span is recorded.
//!
//! Without a sampler everything is, but what hangs below a span that is not
//! recorded. A sampler is asked for every span, with its parent; one that is
//! parent-based answers for children what its parent was answered.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};

use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, SpanKind, TraceId};
use opentelemetry_sdk::trace::{SamplingDecision, ShouldSample};

static SAMPLER: RwLock<Option<Box<dyn ShouldSample>>> = RwLock::new(None);
/// Whether `SAMPLER` is to be asked, so that the usual case takes no lock.
static IS_SET: AtomicBool = AtomicBool::new(false);

/// Makes `sampler` decide; `None` records all.
pub(crate) fn install(sampler: Option<Box<dyn ShouldSample>>) {
    let is_set = sampler.is_some();
    *SAMPLER.write().unwrap_or_else(PoisonError::into_inner) = sampler;
    IS_SET.store(is_set, Ordering::Release);
}

/// Whether a span of this name is recorded that begins now below `parent`.
#[inline]
pub(crate) fn records(
    parent: &SpanContext,
    trace_id: TraceId,
    name: &str,
    kind: &SpanKind,
) -> bool {
    match IS_SET.load(Ordering::Acquire) {
        true => ask(parent, trace_id, name, kind),
        false => !parent.is_valid() || parent.is_sampled(),
    }
}

#[cold]
fn ask(parent: &SpanContext, trace_id: TraceId, name: &str, kind: &SpanKind) -> bool {
    let sampler = SAMPLER.read().unwrap_or_else(PoisonError::into_inner);
    let parent = parent.is_valid().then(Context::current);
    sampler.as_ref().is_none_or(|sampler| {
        let result = sampler.should_sample(parent.as_ref(), trace_id, name, kind, &[], &[]);
        result.decision == SamplingDecision::RecordAndSample
    })
}
