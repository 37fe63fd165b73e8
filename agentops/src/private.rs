//! All that the attributes' expansions may call; no stability promise.

pub mod complete;

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use crate::__complete_options as complete_options;
pub use agentops_spool::site::{Kind, OnCancel, Site, SpanKind, StaticValue};

pub use crate::content::arguments::{Argued, ArgumentWriter, Arguments};
pub use crate::content::json::Content;
use crate::content::policy;
pub use crate::content::probe::{
    Argument, ArgumentDebug, ArgumentType, Looked, Returned, ReturnedDebug, ReturnedType,
};
pub use crate::described::{
    baggage, condition, extract, links, parent, prompt, request, root, session_id, tags, user,
};
pub use crate::draft::Draft;
pub use crate::field::{Debugged, Displayed, Field};
use crate::flushing::{FlushGuard, Flushed};
use crate::future::{Handed, Instrumented};
pub use crate::left::Left;
pub use crate::metrics::dimension::Dimensioned;
pub use crate::outcome::{Outcome, Probe, ProbeAny, ProbeDebug, ProbeResult, Split};
pub use crate::scope::Scope;
pub use crate::seen::Seen;
pub use crate::stream::way::{
    FlushFuture, FutureWay, StreamWay, Streaming, StreamingFuture, StreamingValue, ValueWay,
    opaque_future, opaque_stream, opaque_stream_result,
};
pub use crate::told::{
    completion, end_state, err_if, error_debug, error_display, error_type, error_words, ok_if,
    read, response, say, say_debug, say_display, say_field, say_json, say_nothing, triggered,
    usage,
};

/// Used by `#[agentops::..]` to hold the span of a function that is not async.
#[inline]
pub fn scope() -> Scope {
    Scope::default()
}

/// Used by `#[agentops::..]` to start the span once options can see the arguments.
#[inline]
pub fn start_with(scope: &mut Scope, site: &'static Site, fill: impl FnOnce(Draft<'_>)) {
    scope.start(site, |draft| quietly(draft, fill));
}

/// Used by `#[agentops::..]` to start a span that ends with the block at the latest.
#[inline]
pub fn begin(site: &'static Site, arguments: Arguments) -> Scope {
    let mut scope = Scope::default();
    scope.start(site, |draft| draft.start(&[], arguments));
    scope
}

/// Used by `#[agentops::..]` to do so where options say more of it.
#[inline]
pub fn begin_with(site: &'static Site, fill: impl FnOnce(Draft<'_>)) -> Scope {
    let mut scope = Scope::default();
    scope.start(site, |draft| quietly(draft, fill));
    scope
}

/// Used by `#[agentops::..]` to give the span to a value that may take it along.
#[inline]
pub fn left(scope: &mut Scope) -> Left<'_> {
    scope.left()
}

/// Used by `#[agentops::..]` to leave the span, and to end it with outcome and content of the value.
#[inline]
pub fn conclude(scope: &mut Scope, (outcome, content): Looked<'_>, keep: bool) {
    if scope.is_open() {
        scope.conclude(outcome, content, keep);
    }
}

/// Used by `#[agentops::..]` to leave the span, and to end it with what `look` sees in the value.
#[inline]
pub fn conclude_with<T>(
    scope: &mut Scope,
    value: &T,
    look: impl for<'a> FnOnce(&'a T, &mut Seen<'a>),
    keep: bool,
) {
    Seen::conclude(scope.left(), value, look, keep);
}

/// Used by `#[agentops::..]` to say outcome and content of a value.
pub fn look<'a>(seen: &mut Seen<'a>, (outcome, content): Looked<'a>) {
    seen.look(outcome, content);
}

/// Used by `#[agentops::..]` where a value tells nothing.
#[inline]
pub fn look_away<T>(_: &T, _: &mut Seen<'_>) {}

/// Used by `#[agentops::..]` to ask a value for its outcome.
#[inline]
pub fn probe<T>(value: &T) -> Probe<'_, T> {
    Probe::new(value)
}

/// Used by `#[agentops::..]` to ask a value for its content.
#[inline]
pub fn returned<T>(split: Split<'_, T>) -> Returned<'_, T> {
    Returned::new(split)
}

/// Used by `#[agentops::..]` for a value of which only the outcome is recorded.
#[inline]
pub fn outcome<T>(split: Split<'_, T>) -> Looked<'_> {
    (split.outcome, Content::Nothing)
}

/// Used by `#[agentops::..]` to ask a value whether it is a stream or a future.
#[inline]
pub fn streaming<T>(value: &T) -> Streaming<'_, T> {
    Streaming::new(value)
}

/// Used by `#[agentops::..]` to start the span at the first statement of a coroutine.
#[inline]
pub fn start_future(site: &'static Site, arguments: Arguments) {
    crate::future::start(site, |draft| draft.start(&[], arguments));
}

/// Used by `#[agentops::..]` to do so where options say more of it.
#[inline]
pub fn start_future_with(site: &'static Site, fill: impl FnOnce(Draft<'_>)) {
    crate::future::start(site, |draft| quietly(draft, fill));
}

/// Runs the program's expressions; one that panics costs the span and not the function.
fn quietly(draft: Draft<'_>, fill: impl FnOnce(Draft<'_>)) {
    let _ = catch_unwind(AssertUnwindSafe(|| fill(draft)));
}

/// Used by `#[agentops::..]` to run a coroutine within the span that it starts.
#[inline]
pub fn future<F, L>(inner: F, look: L, keep: bool) -> Instrumented<F, crate::future::Looked<L>>
where
    F: Future,
    L: for<'a> FnOnce(&'a F::Output, &mut Seen<'a>),
{
    Instrumented::new(inner, crate::future::Looked::new(look, keep))
}

/// Used by `#[agentops::..]` to do so where the value may take the span along.
#[inline]
pub fn future_with<F, C, V>(inner: F, conclude: C) -> Instrumented<F, Handed<C>>
where
    F: Future,
    C: for<'a> FnOnce(F::Output, Left<'a>) -> V,
{
    Instrumented::new(inner, Handed(conclude))
}

/// Used by `#[agentops::..]` to read the arguments, if they are to be recorded.
#[inline]
pub fn arguments(arguments: &[Argued<'_>]) -> Arguments {
    Arguments::read(arguments)
}

/// Used by `#[agentops::..]` to tell whether arguments may be recorded.
#[inline]
pub fn wants_arguments() -> bool {
    policy::may_be_wanted()
}

/// Used by `#[agentops::..]` where no argument is to be recorded.
#[inline]
pub fn no_arguments() -> Arguments {
    Arguments::default()
}

/// Used by `#[agentops::..(args(..))]` to read arguments, to which options add others.
pub fn begin_arguments(arguments: &[Argued<'_>]) -> Option<Box<ArgumentWriter>> {
    ArgumentWriter::begin(arguments)
}

/// Used by `#[agentops::..(args(key = ..))]` to add what options compute, if it is to be recorded.
pub fn end_arguments(
    begun: Option<Box<ArgumentWriter>>,
    compute: impl FnOnce(&mut ArgumentWriter),
) -> Arguments {
    begun.map_or_else(Arguments::default, |mut writer| {
        compute(&mut writer);
        writer.end()
    })
}

/// Used by `#[agentops::..(args(key = ..))]` to add one argument.
pub fn add_argument(writer: &mut ArgumentWriter, name: &'static str, content: Content<'_>) {
    writer.argument(name, content);
}

/// Used by `#[agentops::..(args(?a))]` to read an argument through `Debug`.
#[inline]
pub fn debug_of<T: std::fmt::Debug>(value: &T) -> Content<'_> {
    Content::Debug(value)
}

/// Used by `#[agentops::..(args(%a))]` to read an argument through `Display`.
#[inline]
pub fn display_of<T: std::fmt::Display>(value: &T) -> Content<'_> {
    Content::Display(value)
}

/// Used by `#[agentops::..]` to ask an argument for its content.
#[inline]
pub fn content_of<T>(value: &T) -> Argument<'_, T> {
    Argument::new(value)
}

/// Used by `#[agentops::session(flush)]` to deliver what was recorded at the end of a function.
pub fn flushing() -> FlushGuard {
    FlushGuard(())
}

/// Used by `#[agentops::session(flush)]` to deliver what was recorded at the end of a future.
pub fn flushed<F: Future>(inner: F) -> Flushed<F> {
    Flushed::new(inner)
}

/// Used by `#[agentops::session(flush)]` to do so at the end of a future in a box.
pub fn flushed_box<F: FlushFuture>(inner: F) -> F {
    inner.flushed()
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
