//! Find out what OpenTelemetry the program has set up itself.
//!
//! The API's globals do not tell whether they were set. Each is asked for
//! something that only a real one gives, and nothing of it is ever exported.

use std::sync::Arc;

use opentelemetry::trace::{
    Span as _, SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState,
    Tracer as _,
};
use opentelemetry::{Context, global};

/// Name of the scope of all probes.
const SCOPE: &str = "agentops.probe";

/// Whether the global tracer provider is one that makes spans.
///
/// The probe has a parent that is not sampled, so a parent-based sampler, which is the
/// usual one, does not record it and no processor sees it. One that is recorded all the
/// same is never ended, so no exporter sees it.
pub(super) fn has_tracers() -> bool {
    let parent = SpanContext::new(
        TraceId::from(1),
        SpanId::from(1),
        TraceFlags::default(),
        true,
        TraceState::NONE,
    );
    let cx = Context::new().with_remote_span_context(parent.clone());
    let probe = global::tracer(SCOPE).start_with_context(SCOPE, &cx);
    let context = probe.span_context();
    // Where there is no provider, the parent itself is handed back.
    let is_real = context.is_valid() && context.span_id() != parent.span_id();
    if probe.is_recording() {
        #[expect(clippy::mem_forget, reason = "dropping it would end and export it")]
        std::mem::forget(probe);
    }
    is_real
}

/// Whether the global meter provider is one that collects.
///
/// One that does keeps the callback of an observable instrument; the callback observes
/// nothing, so there is nothing to export.
pub(super) fn has_meters() -> bool {
    let token = Arc::new(());
    let held = Arc::clone(&token);
    // The instrument itself is of no use; its callback is kept by the provider.
    global::meter(SCOPE)
        .u64_observable_gauge(SCOPE)
        .with_callback(move |_| {
            let _ = &held;
        })
        .build();
    Arc::strong_count(&token) > 1
}

/// Whether the global propagator is one that carries something.
pub(super) fn has_propagator() -> bool {
    global::get_text_map_propagator(|propagator| propagator.fields().next().is_some())
}
