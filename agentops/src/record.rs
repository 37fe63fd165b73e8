//! Record values on the span that is current.

use opentelemetry::trace::TraceContextExt as _;
use opentelemetry::{Context, Key, KeyValue, Value};

use crate::host;

/// Records an attribute on the current span, whoever made it.
///
/// The key need not be declared in an attribute; a value given twice is
/// replaced. Without a current span that records, and where telemetry is
/// suppressed, nothing happens.
///
/// ```
/// #[agentops::session]
/// fn plan(goal: &str) -> usize {
///     let steps = goal.split(',').count();
///     agentops::record("plan.steps", steps as i64);
///     steps
/// }
/// let run = agentops::testing::capture(|| plan("look,think,act"));
/// assert_eq!(run.span("plan").int("plan.steps"), Some(3));
/// ```
pub fn record(key: impl Into<Key>, value: impl Into<Value>) {
    if !host::context_is_alive() {
        return;
    }
    // A clone, because recording while the thread's context is borrowed would panic.
    let cx = Context::current();
    if may_record(&cx) {
        cx.span().set_attribute(KeyValue::new(key, value));
    }
}

/// Whether there is a span to record on.
pub(crate) fn has_span() -> bool {
    host::context_is_alive() && Context::map_current(may_record)
}

fn may_record(cx: &Context) -> bool {
    cx.has_active_span() && !cx.is_telemetry_suppressed()
}
