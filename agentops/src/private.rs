//! All that the attributes' expansions may call; no stability promise.

use std::fmt;
use std::future::Future;

pub use agentops_spool::site::{Kind, Site, StaticValue};

pub use crate::draft::Draft;
pub use crate::field::{Debugged, Displayed, Field};
use crate::future::Instrumented;
pub use crate::outcome::{Outcome, Probe, ProbeAny, ProbeDebug, ProbeDisplay, ProbeResult};
pub use crate::scope::Scope;

/// Used by `#[agentops::..]` to hold the span of a function that is not async.
#[inline]
pub fn scope() -> Scope {
    Scope::default()
}

/// Used by `#[agentops::..]` to start the span once the arguments are bound.
#[inline]
pub fn start(scope: &mut Scope, site: &'static Site, fill: impl FnOnce(Draft<'_>)) {
    scope.start(site, fill);
}

/// Used by `#[agentops::..]` to start the span of a function whose value tells nothing.
#[inline]
pub fn guard(site: &'static Site, fill: impl FnOnce(Draft<'_>)) -> Scope {
    let mut scope = Scope::default();
    scope.start(site, fill);
    scope
}

/// Used by `#[agentops::..]` to end the span with the function's outcome.
#[inline]
pub fn finish(scope: Scope, outcome: Outcome<'_>) {
    scope.finish(outcome);
}

/// Used by `#[agentops::..]` to start the span at the first statement of a coroutine.
#[inline]
pub fn start_future(site: &'static Site, fill: impl FnOnce(Draft<'_>)) {
    crate::future::start(site, fill);
}

/// Used by `#[agentops::..]` to run a coroutine within the span that it starts.
#[inline]
pub fn future<F, O>(inner: F, observe: O) -> Instrumented<F, O>
where
    F: Future,
    O: for<'a> FnOnce(&'a F::Output) -> Outcome<'a>,
{
    Instrumented::new(inner, observe)
}

/// Used by `#[agentops::session(id = ..)]` to name the session.
pub fn session_id(draft: &mut Draft<'_>, id: &dyn fmt::Display) {
    let id = crate::draft::text_of(id);
    // An empty id names nothing.
    draft.description.session_id = id.filter(|id| !id.is_empty());
}

/// Used by `#[agentops::..(baggage(..))]` to add a member for all that the function calls.
pub fn baggage(draft: &mut Draft<'_>, key: &'static str, value: &dyn fmt::Display) {
    if let Some(value) = crate::draft::text_of(value) {
        draft.description.baggage.push((key.to_owned(), value));
    }
}

/// Used by `#[agentops::..]` to start the span that was described, with its fields.
#[inline]
pub fn record(draft: Draft<'_>, fields: &[&dyn Field]) {
    draft.start(fields);
}

/// Used by `#[agentops::..]` to call the body once, so that it is a `FnOnce`.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "one frame less in every backtrace through an annotated function"
)]
pub fn call<R>(body: impl FnOnce() -> R) -> R {
    body()
}

/// Used by `#[agentops::..]` to give the type checker a value of the declared type; never called.
#[expect(clippy::empty_loop, reason = "it is never called")]
pub fn value_of<R>() -> R {
    loop {}
}

/// Used by `#[agentops::..]` to bind an argument whose name begins with an underscore.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it does nothing")]
pub fn keep<T>(value: T) -> T {
    value
}

/// Used by `#[agentops::..]` to keep the compiler from knowing that a body never returns.
#[inline]
pub fn yes() -> bool {
    true
}

/// Used by `#[agentops::..]` behind a body declared `-> !`, which cannot return.
pub fn never() -> ! {
    unreachable!("a function declared `-> !` returned")
}
