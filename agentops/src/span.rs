//! Start and end spans: the path of every annotated call.
//!
//! A start reads its parent from the `Context`, asks the sampler at roots,
//! writes a record and attaches a handle. An end writes another record with
//! what was recorded in between. Everything else is the drain thread's.

use std::sync::Arc;
use std::time::SystemTime;

use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::write::{End, Identity, Measure, Start};
use agentops_spool::record::{Reason, Status};
use agentops_spool::site::{Kind, Site};
use agentops_spool::{clock, fork, pool, registry, thread};
use opentelemetry::trace::{
    SpanContext, SpanId, SpanKind, TraceContextExt as _, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{Context, ContextGuard};

use crate::host;
use crate::outcome::Outcome;
use crate::run::{CurrentRun, Run, with_members};
use crate::slot::{Handle, SlotRef};
use crate::update::{self, Ending};
use crate::{ids, sampling};

/// A span that has begun and is current.
#[derive(Debug)]
pub(crate) struct Started {
    pub(crate) live: Live,
    /// What its callees run in.
    pub(crate) context: Context,
    pub(crate) guard: ContextGuard,
}

/// A span that has begun and not ended.
#[derive(Debug)]
pub(crate) struct Live {
    site: &'static Site,
    span_id: SpanId,
    slot: SlotRef,
    tick: u64,
    /// Index of the session, 0 for none.
    session: u32,
    is_sampled: bool,
}

/// Where a new span hangs.
#[derive(Debug)]
pub(crate) struct Parent {
    pub(crate) context: SpanContext,
    pub(crate) run: Option<Arc<Run>>,
}

/// What is said of a span before it begins.
#[derive(Debug)]
pub(crate) struct Description {
    pub(crate) site: &'static Site,
    pub(crate) parent: Parent,
    /// The id given for a session span.
    pub(crate) session_id: Option<String>,
    /// Baggage members for all that it calls.
    pub(crate) baggage: Vec<(String, String)>,
}

/// The parent of a span that begins now; `None` when nothing is to be recorded.
#[inline]
pub(crate) fn parent() -> Option<Parent> {
    if !cfg!(feature = "enable") {
        return None;
    }
    let switch = fork::switch();
    if switch & (fork::INITIALIZED | fork::CAPTURING) == 0 || !host::context_is_alive() {
        return None;
    }
    let parent = Context::map_current(|cx| {
        (!cx.is_telemetry_suppressed()).then(|| Parent {
            context: cx.span().span_context().clone(),
            run: Run::of(cx),
        })
    })?;
    let is_captured = parent.run.as_ref().is_some_and(|run| run.realm != 0);
    (switch & fork::INITIALIZED != 0 || is_captured).then_some(parent)
}

impl Parent {
    fn realm(&self) -> u32 {
        self.run.as_ref().map_or(0, |run| run.realm)
    }

    fn is_sampled(&self, trace_id: TraceId, site: &Site) -> bool {
        // A test sees what it captures, whatever the program's sampler says.
        let is_captured = self.realm() != 0 && !self.context.is_valid();
        is_captured || sampling::records(&self.context, trace_id, site.name(), &span_kind(site))
    }

    /// Replaces the parent by nothing where `id` names another session than the current one.
    ///
    /// Returns the span to link to.
    fn leave(&mut self, id: Option<&str>) -> Option<SpanContext> {
        let run = self.run.as_ref().filter(|run| run.is_session())?;
        let differs = id.is_some_and(|id| id != run.id);
        if !differs {
            return None;
        }
        let left = std::mem::replace(&mut self.context, SpanContext::empty_context());
        Some(left).filter(SpanContext::is_valid)
    }
}

/// Begins a span and makes it current.
pub(crate) fn begin(description: Description, fields: impl Fn(&mut Cursor<'_>)) -> Option<Started> {
    let Description {
        site,
        mut parent,
        session_id,
        baggage,
    } = description;
    let is_session = site.kind() == Kind::Session;
    let link = is_session
        .then(|| parent.leave(session_id.as_deref()))
        .flatten();
    let trace_id = match parent.context.is_valid() {
        true => parent.context.trace_id(),
        false => ids::trace_id(),
    };
    let span_id = ids::span_id();
    let is_sampled = parent.is_sampled(trace_id, site);
    let run = match is_session {
        true => Some(session(
            &parent,
            link.is_some(),
            session_id,
            trace_id,
            span_id,
        )),
        false => parent.run.clone(),
    };
    let identity = Identity {
        site: registry::id_of(site),
        session: run.as_ref().map_or(0, |run| run.index),
        trace_id: trace_id.to_bytes(),
        span_id: span_id.to_bytes(),
        parent_id: parent.context.span_id().to_bytes(),
        parent_remote: parent.context.is_remote(),
        trace_flags: u8::from(is_sampled),
    };
    let tick = clock::now();
    if is_sampled && !write_start(Start { identity, tick }, &parent, link.as_ref(), &fields) {
        pool::count_lost();
        return None;
    }
    let slot = SlotRef::take();
    let live = Live {
        site,
        span_id,
        slot,
        tick,
        session: identity.session,
        is_sampled,
    };
    if !is_sampled && site.kind() == Kind::LlmCall {
        update::keep(slot, site, fields);
    }
    let flags = TraceFlags::new(identity.trace_flags);
    let state = parent.context.trace_state().clone();
    let handle = Handle {
        context: SpanContext::new(trace_id, span_id, flags, false, state),
        slot,
    };
    let session = run.filter(|_| is_session).map(|run| CurrentRun {
        run,
        slot: Some(slot),
    });
    let context = context(handle, session, parent.run.as_deref(), baggage);
    let guard = context.clone().attach();
    Some(Started {
        live,
        context,
        guard,
    })
}

fn write_start(
    start: Start,
    parent: &Parent,
    link: Option<&SpanContext>,
    fields: &impl Fn(&mut Cursor<'_>),
) -> bool {
    thread::append(|out| {
        start.write(out);
        fields(out);
        if let Some(link) = link {
            update::write_link(link, &[], out);
        }
        let state = parent.context.trace_state();
        if *state != TraceState::NONE {
            update::write_trace_state(state, out);
        }
    })
}

/// The session that a session span belongs to: the current one, or a new one.
fn session(
    parent: &Parent,
    has_left: bool,
    id: Option<String>,
    trace_id: TraceId,
    span_id: SpanId,
) -> Arc<Run> {
    match &parent.run {
        Some(run)
            if run.is_session() && !has_left && id.as_ref().is_none_or(|id| *id == run.id) =>
        {
            Arc::clone(run)
        }
        _ => {
            let id = id.unwrap_or_else(|| uuid::Uuid::now_v7().to_string());
            Run::begin(id, parent.realm(), trace_id, span_id)
        }
    }
}

/// What the span's callees run in; `session` is given for a session span.
fn context(
    handle: Handle,
    session: Option<CurrentRun>,
    run: Option<&Run>,
    baggage: Vec<(String, String)>,
) -> Context {
    let cx = Context::current_with_span(handle);
    if let Some(session) = session {
        let is_new = run.is_none_or(|run| run.index != session.run.index);
        if is_new {
            for (key, value) in &baggage {
                session.run.set_baggage(key, value);
            }
        }
        let cx = session.run.merge_baggage(cx);
        // Baggage of a session within a session is its own.
        let cx = match is_new || baggage.is_empty() {
            true => cx,
            false => with_members(&cx, baggage.into_iter()),
        };
        return cx.with_value(session);
    }
    let cx = match run {
        Some(run) => run.merge_baggage(cx),
        None => cx,
    };
    match baggage.is_empty() {
        true => cx,
        false => with_members(&cx, baggage.into_iter()),
    }
}

fn span_kind(site: &Site) -> SpanKind {
    match site.kind() {
        Kind::LlmCall => SpanKind::Client,
        _ => SpanKind::Internal,
    }
}

impl Live {
    /// Ends the span.
    pub(crate) fn end(self, reason: Reason, outcome: Outcome<'_>) {
        if fork::is_child() {
            // The span is the parent process's, and so may be any lock on the way.
            return;
        }
        let updates = self.slot.finish();
        let tick = updates.as_ref().and_then(|updates| updates.ended);
        let tick = tick.unwrap_or_else(clock::now);
        let ending = Ending::new(updates, outcome, SystemTime::now);
        if self.is_sampled {
            self.write_end(tick, reason, &ending);
        } else if self.site.kind() == Kind::LlmCall {
            self.write_measure(tick, reason, &ending);
        }
    }

    fn write_end(&self, tick: u64, reason: Reason, ending: &Ending) {
        let end = End {
            span_id: self.span_id.to_bytes(),
            tick,
            status: ending.status(),
            reason,
        };
        let written = thread::append(|out| {
            end.write(out);
            ending.write(out);
        });
        if !written {
            pool::abandon(end.span_id);
        }
    }

    fn write_measure(&self, tick: u64, reason: Reason, ending: &Ending) {
        let measure = Measure {
            site: registry::id_of(self.site),
            session: self.session,
            tick,
            nanos: tick.saturating_sub(self.tick),
            status: match reason {
                Reason::Returned => ending.status(),
                _ => Status::Error,
            },
            reason,
        };
        thread::append(|out| {
            measure.write(out);
            ending.write(out);
        });
    }
}
