//! Whether arguments and results are recorded.

use agentops_spool::fork;
use agentops_spool::site::Kind;
use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt as _;

use crate::host;
use crate::run::CurrentRun;
use crate::semconv;

/// Whether any arguments are worth reading.
#[inline]
pub(crate) fn may_be_wanted() -> bool {
    cfg!(feature = "enable") && fork::switch() & (fork::CONTENT | fork::CAPTURING) != 0
}

/// Whether the arguments of a call are worth reading that begins now.
///
/// A sampler that is asked about the call itself may still say no.
pub(crate) fn is_wanted() -> bool {
    may_be_wanted()
        && host::context_is_alive()
        && Context::map_current(|cx| {
            let span = cx.span();
            let parent = span.span_context();
            let is_recorded = !parent.is_valid() || parent.is_sampled();
            let realm = cx
                .get::<CurrentRun>()
                .map_or(0, |current| current.run.realm);
            is_recorded && !cx.is_telemetry_suppressed() && is_captured(realm)
        })
}

/// Whether content of what belongs to `realm` is recorded: a test sees all of it.
pub(crate) fn is_captured(realm: u32) -> bool {
    realm != 0 || fork::switch() & fork::CONTENT != 0
}

/// The attribute that arguments go to.
pub(crate) fn input_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Tool => semconv::GEN_AI_TOOL_CALL_ARGUMENTS,
        _ => semconv::AGENTOPS_ENTITY_INPUT,
    }
}

/// The attribute that a result goes to.
pub(crate) fn output_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Tool => semconv::GEN_AI_TOOL_CALL_RESULT,
        _ => semconv::AGENTOPS_ENTITY_OUTPUT,
    }
}
