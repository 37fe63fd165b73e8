//! Where a new span hangs: its parent, its session, and what came from elsewhere.

use std::sync::Arc;

use agentops_spool::fork;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::site::Site;
use opentelemetry::baggage::BaggageExt as _;
use opentelemetry::trace::{SpanContext, SpanKind, TraceContextExt as _, TraceId, TraceState};
use opentelemetry::{Context, KeyValue};

use crate::run::{Run, leave_baggage, session_in_baggage, with_members};
use crate::semconv;
use crate::{host, sampling, update};

/// Where a new span hangs.
#[derive(Debug)]
pub(crate) struct Parent {
    pub(crate) context: SpanContext,
    pub(crate) run: Option<Arc<Run>>,
    /// The capture that it belongs to, 0 for none.
    pub(crate) realm: u32,
    /// What came from elsewhere, in a box since most spans have nothing of it.
    elsewhere: Option<Box<Elsewhere>>,
}

/// What a span has to do with other services and other traces.
#[derive(Debug, Default)]
struct Elsewhere {
    /// The session of another service, where none runs here.
    session_id: Option<String>,
    /// Baggage that a carrier brought.
    members: Vec<(String, String)>,
    /// The span that was current and is not the parent, and others that it refers to.
    links: Vec<SpanContext>,
    /// What is taken for the current context.
    surroundings: Option<Context>,
    /// Whether its session is left as well.
    has_left_session: bool,
}

impl Parent {
    /// The parent of a span that begins now; `None` when nothing is to be recorded.
    #[inline]
    pub(crate) fn current() -> Option<Self> {
        if !cfg!(feature = "enable") {
            return None;
        }
        let switch = fork::switch();
        if switch & (fork::INITIALIZED | fork::CAPTURING) == 0 || !host::context_is_alive() {
            return None;
        }
        let parent =
            Context::map_current(|cx| (!cx.is_telemetry_suppressed()).then(|| Self::of(cx)))?;
        (switch & fork::INITIALIZED != 0 || parent.realm != 0).then_some(parent)
    }

    fn of(cx: &Context) -> Self {
        let run = Run::of(cx);
        let mut parent = Self {
            context: cx.span().span_context().clone(),
            realm: run.as_ref().map_or(0, |run| run.realm),
            run,
            elsewhere: None,
        };
        if !parent.is_in_session()
            && let Some(id) = session_in_baggage(cx)
        {
            parent.elsewhere().session_id = Some(id);
        }
        parent
    }

    fn elsewhere(&mut self) -> &mut Elsewhere {
        self.elsewhere.get_or_insert_default()
    }

    /// Continues what `remote` holds, unless the current span belongs to its trace already.
    pub(crate) fn follow(&mut self, remote: &Context) {
        let session_id = session_in_baggage(remote);
        self.elsewhere().members = remote
            .baggage()
            .iter()
            .filter(|(key, _)| key.as_str() != semconv::SESSION_ID)
            .map(|(key, (value, _))| (key.to_string(), value.to_string()))
            .collect();
        let span = remote.span();
        let span = span.span_context();
        if span.is_valid() && span.trace_id() != self.context.trace_id() {
            self.leave();
            self.context = span.clone();
        }
        if session_id.is_some() && !self.is_in_session() {
            self.elsewhere().session_id = session_id;
        }
    }

    /// Leaves the current session and trace where `id` names another session.
    pub(crate) fn leave_other(&mut self, id: Option<&str>) {
        let run = self.run.as_ref().filter(|run| run.is_session());
        let differs = |run: &Arc<Run>| id.is_some_and(|id| id != run.id);
        if run.is_some_and(differs) {
            self.leave();
        }
    }

    fn leave(&mut self) {
        let left = std::mem::replace(&mut self.context, SpanContext::empty_context());
        if left.is_valid() {
            self.elsewhere().links.push(left);
        }
        if self.is_in_session() {
            self.run = None;
            self.elsewhere().has_left_session = true;
        }
    }

    /// Begins a trace; what was current is referred to, and its session stays.
    pub(crate) fn cut(&mut self) {
        let left = std::mem::replace(&mut self.context, SpanContext::empty_context());
        if left.is_valid() {
            self.elsewhere().links.push(left);
        }
    }

    /// Hangs the span below the one of `cx`, as if that were the current context.
    pub(crate) fn move_to(&mut self, cx: Context) {
        let realm = self.realm;
        *self = Self::of(&cx);
        if self.run.is_none() && realm != 0 {
            // A test sees what it captures, also where a context comes from elsewhere.
            self.realm = realm;
            self.run = Some(Run::surroundings(realm));
        }
        self.elsewhere().surroundings = Some(cx);
    }

    /// Refers to other spans.
    pub(crate) fn refer_to(&mut self, links: Vec<SpanContext>) {
        if !links.is_empty() {
            self.elsewhere().links.extend(links);
        }
    }

    /// The context that the span begins in.
    pub(crate) fn surroundings(&self) -> Context {
        let elsewhere = self.elsewhere.as_ref();
        let given = elsewhere.and_then(|elsewhere| elsewhere.surroundings.clone());
        given.unwrap_or_else(Context::current)
    }

    fn is_in_session(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.is_session())
    }

    /// Whether a span of this site is recorded that begins here.
    pub(crate) fn is_sampled(&self, trace_id: TraceId, site: &Site, kind: &SpanKind) -> bool {
        // A test sees what it captures, whatever the program's sampler says.
        let is_captured = self.realm != 0 && !self.context.is_valid();
        is_captured || sampling::records(&self.context, trace_id, site, kind)
    }

    /// Writes what a start record says of where the span hangs, besides ids.
    pub(crate) fn write(&self, out: &mut Cursor<'_>) {
        let elsewhere = self.elsewhere.as_ref();
        for link in elsewhere.map_or(&[][..], |elsewhere| &elsewhere.links) {
            update::write_link(link, &[], out);
        }
        let state = self.context.trace_state();
        if *state != TraceState::NONE {
            update::write_trace_state(state, out);
        }
    }

    /// The session's id as an attribute, for a span that belongs to a session of another service.
    pub(crate) fn session_attribute(&self) -> Option<KeyValue> {
        let id = self.elsewhere.as_ref()?.session_id.clone()?;
        Some(KeyValue::new(semconv::SESSION_ID, id))
    }

    /// Takes the session that another service named.
    pub(crate) fn take_session_id(&mut self) -> Option<String> {
        self.elsewhere.as_mut()?.session_id.take()
    }

    /// `cx` with the baggage that a carrier brought, and without that of a session that is left.
    pub(crate) fn apply_baggage(self, cx: Context) -> Context {
        let Some(elsewhere) = self.elsewhere else {
            return cx;
        };
        let cx = match elsewhere.has_left_session {
            true => leave_baggage(&cx),
            false => cx,
        };
        match elsewhere.members.is_empty() {
            true => cx,
            false => with_members(&cx, elsewhere.members.into_iter()),
        }
    }
}
