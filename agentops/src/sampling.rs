//! Decide whether a span is recorded.
//!
//! Without a sampler everything is, but what hangs below a span that is not
//! recorded. A sampler is asked for every span, with its parent; one that is
//! parent-based answers for children what its parent was answered.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use agentops_spool::site::Site;
use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, SpanKind, TraceContextExt as _, TraceId};
use opentelemetry_sdk::trace::{SamplingDecision, ShouldSample};

use crate::host;

static SAMPLER: RwLock<Option<Arc<dyn ShouldSample>>> = RwLock::new(None);
/// Whether `SAMPLER` is to be asked, so that the usual case takes no lock.
static IS_SET: AtomicBool = AtomicBool::new(false);

/// Makes `sampler` decide; `None` records all.
pub(crate) fn install(sampler: Option<Box<dyn ShouldSample>>) {
    let is_set = sampler.is_some();
    *SAMPLER.write().unwrap_or_else(PoisonError::into_inner) = sampler.map(Arc::from);
    IS_SET.store(is_set, Ordering::Release);
}

/// Whether a span of this site is recorded that begins now below `parent`.
#[inline]
pub(crate) fn records(
    parent: &SpanContext,
    trace_id: TraceId,
    site: &Site,
    kind: &SpanKind,
) -> bool {
    match IS_SET.load(Ordering::Acquire) {
        true => ask(parent, trace_id, &site.name(), kind),
        false => !parent.is_valid() || parent.is_sampled(),
    }
}

#[cold]
fn ask(parent: &SpanContext, trace_id: TraceId, name: &str, kind: &SpanKind) -> bool {
    // Not under the lock: it is the program's code, and may record spans itself.
    let sampler = SAMPLER
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let Some(sampler) = sampler else {
        return !parent.is_valid() || parent.is_sampled();
    };
    let parent = parent.is_valid().then(|| context_of(parent));
    // What it calls is not recorded: it would be asked about that in turn, without an end.
    // Where the `Context` is in use it cannot be told so, hence the note.
    if set_asking(true) {
        return false;
    }
    let _quiet = host::attach(Context::map_current(Context::with_telemetry_suppressed));
    let ask = AssertUnwindSafe(|| {
        let result = sampler.should_sample(parent.as_ref(), trace_id, name, kind, &[], &[]);
        result.decision == SamplingDecision::RecordAndSample
    });
    // One that panics has not said no.
    let is_sampled = catch_unwind(ask).unwrap_or(true);
    set_asking(false);
    is_sampled
}

/// Notes whether this thread asks the sampler; whether it did before.
fn set_asking(is_asking: bool) -> bool {
    thread_local! {
        static IS_ASKING: Cell<bool> = const { Cell::new(false) };
    }
    IS_ASKING
        .try_with(|asking| asking.replace(is_asking))
        .unwrap_or(false)
}

/// The current context, or one with this parent where it is not the current span.
fn context_of(parent: &SpanContext) -> Context {
    let cx = Context::current();
    if cx.span().span_context() == parent {
        return cx;
    }
    cx.with_remote_span_context(parent.clone())
}
