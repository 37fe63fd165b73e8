//! All that the attributes' expansions may call; no stability promise.

pub mod complete;

use std::fmt;
use std::future::Future;

pub use crate::__complete_options as complete_options;
pub use agentops_spool::site::{Kind, Site, StaticValue};

use crate::carrier::Carrier;
pub use crate::content::arguments::{ArgumentWriter, Arguments};
pub use crate::content::json::Content;
pub use crate::content::probe::{
    Argument, ArgumentDebug, ArgumentJson, ArgumentType, Returned, ReturnedDebug, ReturnedJson,
    ReturnedResult, ReturnedResultDebug, ReturnedResultJson, ReturnedType,
};
pub use crate::draft::Draft;
pub use crate::field::{Debugged, Displayed, Field};
use crate::future::Instrumented;
pub use crate::live::OpenSpan;
pub use crate::outcome::{Outcome, Probe, ProbeAny, ProbeDebug, ProbeDisplay, ProbeResult};
use crate::propagation::check_member;
pub use crate::scope::Scope;
pub use crate::stream::way::{
    Streaming, WayOfFuture, WayOfStream, WayOfValue, opaque_future, opaque_stream,
    opaque_stream_result,
};

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

/// Used by `#[agentops::..]` to leave the span and have `conclude` end it by the function's value.
#[inline]
pub fn finish<T, V>(scope: Scope, value: T, conclude: impl FnOnce(T, OpenSpan) -> V) -> V {
    conclude(value, scope.leave())
}

/// Used by `#[agentops::..]` to start the span at the first statement of a coroutine.
#[inline]
pub fn start_future(site: &'static Site, fill: impl FnOnce(Draft<'_>)) {
    crate::future::start(site, fill);
}

/// Used by `#[agentops::..]` to run a coroutine within the span that it starts.
#[inline]
pub fn future<F, C, V>(inner: F, conclude: C) -> Instrumented<F, C>
where
    F: Future,
    C: FnOnce(F::Output, OpenSpan) -> V,
{
    Instrumented::new(inner, conclude)
}

/// Used by `#[agentops::..]` for the value of a coroutine that never gives one.
pub fn conclude_never<T>(value: T, _: OpenSpan) -> T {
    value
}

/// Used by `#[agentops::..]` to read the arguments, if they are to be recorded.
#[inline]
pub fn arguments(read: impl FnOnce(&mut ArgumentWriter)) -> Arguments {
    Arguments::read(read)
}

/// Used by `#[agentops::..]` to read one argument.
pub fn argument(arguments: &mut ArgumentWriter, name: &'static str, content: Content<'_>) {
    arguments.argument(name, content);
}

/// Used by `#[agentops::..]` where no argument is to be recorded.
#[inline]
pub fn no_arguments() -> Arguments {
    Arguments::default()
}

/// Used by `#[agentops::session(extract = ..)]` to continue the trace and session of a request.
pub fn extract<C: Carrier + ?Sized>(draft: &mut Draft<'_>, carrier: &C) {
    let remote = crate::propagation::extract(carrier);
    draft.description.parent.follow(&remote);
}

/// Used by `#[agentops::session(id = ..)]` to name the session.
pub fn session_id(draft: &mut Draft<'_>, id: &dyn fmt::Display) {
    let id = crate::draft::text_of(id);
    // An empty id names nothing.
    draft.description.details().session_id = id.filter(|id| !id.is_empty());
}

/// Used by `#[agentops::session(user = ..)]` to say whom the session runs for.
pub fn user(draft: &mut Draft<'_>, user: &dyn fmt::Display) {
    let user = crate::draft::text_of(user);
    draft.description.details().user = user.filter(|user| !user.is_empty());
}

/// Used by `#[agentops::..(tags(..))]` to add words to find it by.
pub fn tags(draft: &mut Draft<'_>, tags: &[&str]) {
    let tags = tags.iter().map(|tag| (*tag).to_owned());
    draft.description.details().tags.extend(tags);
}

/// Used by `#[agentops::..(baggage(..))]` to add a member for all that the function calls.
pub fn baggage(draft: &mut Draft<'_>, key: &'static str, value: &dyn fmt::Display) {
    let value = crate::draft::text_of(value);
    // What no header can carry is not handed on at all.
    let value = value.filter(|value| check_member(key, value).is_ok());
    if let Some(value) = value {
        let member = (key.to_owned(), value);
        draft.description.details().baggage.push(member);
    }
}

/// Used by `#[agentops::..]` to start the span that was described, with fields and arguments.
#[inline]
pub fn record(draft: Draft<'_>, fields: &[&dyn Field], arguments: Arguments) {
    draft.start(fields, arguments);
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
