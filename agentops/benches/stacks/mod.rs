//! The same works instrumented by each library.
//!
//! A [`Case`] is one work in one stack. It is run as `live(|| burst(spans))`, then `flush()`: what
//! `live` and `flush` do is never measured. Every stack annotates the same [`body`] and records the
//! same four attributes: a borrowed text, a constant one and two integers.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

pub(crate) mod body;
pub(crate) mod by_fastrace;
pub(crate) mod by_tracing;
pub(crate) mod none;
pub(crate) mod ours;
mod sampler;
pub(crate) mod sdk;
pub(crate) mod sink;

use sink::Sink;

/// Spans of one burst: nine trees of 111, and little enough for the SDK's queue of 2,048.
pub(crate) const BURST: u32 = 999;

/// One work in one stack.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    /// What is done, as the rows of the results name it.
    pub(crate) work: &'static str,
    /// By which library.
    pub(crate) stack: &'static str,
    /// Calls what it is given below whatever has to be live: a session, a root.
    pub(crate) live: fn(&mut dyn FnMut()),
    /// Makes this many spans.
    pub(crate) burst: fn(u32),
    /// Waits until what was recorded has left the library's queues.
    pub(crate) flush: fn(),
}

/// Works that are run while nothing is set up.
pub(crate) fn disabled() -> Vec<Case> {
    [
        none::disabled(),
        ours::disabled(),
        sdk::disabled(),
        by_tracing::disabled(),
        by_fastrace::disabled(),
    ]
    .concat()
}

/// Works of which every span is recorded; [`set_up_others`] comes first.
pub(crate) fn recorded() -> Vec<Case> {
    [
        none::recorded(),
        ours::recorded(),
        sdk::recorded(),
        by_tracing::recorded(),
        by_fastrace::recorded(),
    ]
    .concat()
}

/// Works of which no span is sampled; [`turn_sampling_off`] comes first.
pub(crate) fn unsampled() -> Vec<Case> {
    [
        none::unsampled(),
        ours::unsampled(),
        sdk::unsampled(),
        by_tracing::unsampled(),
        by_fastrace::unsampled(),
    ]
    .concat()
}

/// Works that capture content.
pub(crate) fn content() -> Vec<Case> {
    [none::content(), ours::content()].concat()
}

/// Sets all libraries but ours up; what they export is counted and dropped.
pub(crate) fn set_up_others() {
    sdk::set_up(Sink(&sink::SDK));
    by_tracing::set_up(Sink(&sink::TRACING));
    by_fastrace::set_up();
}

/// From here on no root of the others is sampled.
pub(crate) fn turn_sampling_off() {
    sampler::turn_off();
}

/// Where nothing has to be live.
fn bare(run: &mut dyn FnMut()) {
    run();
}

/// Where nothing waits in queues.
fn nothing() {}
