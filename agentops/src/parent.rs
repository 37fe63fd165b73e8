//! Where a new span hangs: its parent, its session, and what came from elsewhere.

use std::sync::Arc;

use agentops_spool::fork;
use agentops_spool::record::cursor::Cursor;
use opentelemetry::baggage::BaggageExt as _;
use opentelemetry::trace::{
    SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{Context, KeyValue};

use crate::run::{CurrentRun, Run, leave_baggage, session_in_baggage, with_members};
use crate::semconv;
use crate::{host, sampling, values};

/// Where a new span hangs.
///
/// Of the run it holds just what a record says of it: whoever needs more takes it from the
/// `Context`, so that most spans need not count themselves among those who hold it.
#[derive(Debug)]
pub(crate) struct Parent {
    pub(crate) span: ParentSpan,
    /// Index of the run, 0 for none.
    pub(crate) run_index: u32,
    /// The capture that it belongs to, 0 for none.
    pub(crate) realm: u32,
    /// Whether the run is a session.
    is_in_session: bool,
    /// Whether the session has baggage that is not in the `Context`.
    has_baggage: bool,
    /// What came from elsewhere, in a box since most spans have nothing of it.
    elsewhere: Option<Box<Elsewhere>>,
}

/// The span above a new one; its ids are zero where there is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParentSpan {
    pub(crate) trace_id: TraceId,
    pub(crate) span_id: SpanId,
    pub(crate) is_remote: bool,
    is_sampled: bool,
}

impl ParentSpan {
    #[inline]
    fn of(context: &SpanContext) -> Self {
        Self {
            trace_id: context.trace_id(),
            span_id: context.span_id(),
            is_remote: context.is_remote(),
            is_sampled: context.is_sampled(),
        }
    }

    const NONE: Self = Self {
        trace_id: TraceId::INVALID,
        span_id: SpanId::INVALID,
        is_remote: false,
        is_sampled: false,
    };

    /// Whether there is one.
    #[inline]
    pub(crate) fn is_some(&self) -> bool {
        self.trace_id != TraceId::INVALID && self.span_id != SpanId::INVALID
    }

    /// Whether there is one that is not recorded, as those below it can tell.
    #[inline]
    pub(crate) fn is_unsampled(&self) -> bool {
        !self.is_sampled && self.is_some()
    }
}

/// What a span has to do with other services and other traces.
#[derive(Debug, Default)]
struct Elsewhere {
    /// The trace state of the parent.
    trace_state: TraceState,
    /// The session of another service, where none runs here.
    session_id: Option<String>,
    /// Baggage that a carrier brought.
    members: Vec<(String, String)>,
    /// The span that was current and is not the parent, and others that it refers to.
    links: Vec<SpanContext>,
    /// What is taken for the current context.
    surroundings: Option<Context>,
    /// What is taken for its run.
    run: Option<Arc<Run>>,
    /// Whether its session is left as well.
    has_left_session: bool,
}

impl Parent {
    /// Nowhere: a root outside of any run.
    pub(crate) const NONE: Self = Self {
        span: ParentSpan::NONE,
        run_index: 0,
        realm: 0,
        is_in_session: false,
        has_baggage: false,
        elsewhere: None,
    };

    /// Whether anything records.
    #[inline]
    pub(crate) fn is_wanted() -> bool {
        let bits = fork::INITIALIZED | fork::CAPTURING;
        cfg!(feature = "enable") && fork::switch() & bits != 0
    }

    /// Becomes the parent of a span that begins now; `false` when nothing is to be recorded.
    #[inline]
    pub(crate) fn look(&mut self) -> bool {
        if !host::context_is_alive() {
            return false;
        }
        let has_looked = Context::map_current(|cx| {
            let is_on = !cx.is_telemetry_suppressed();
            if is_on {
                self.look_at(cx);
            }
            is_on
        });
        has_looked && (self.realm != 0 || fork::switch() & fork::INITIALIZED != 0)
    }

    #[inline]
    fn look_at(&mut self, cx: &Context) {
        if let Some(current) = cx.get::<CurrentRun>() {
            let run = &current.run;
            self.run_index = run.told_index();
            self.realm = run.realm;
            self.is_in_session = run.is_session();
            self.has_baggage = current.has_other_baggage();
        }
        let span = cx.span();
        let context = span.span_context();
        self.span = ParentSpan::of(context);
        if *context.trace_state() != TraceState::NONE {
            self.elsewhere().trace_state = context.trace_state().clone();
        }
        if !self.is_in_session
            && let Some(id) = session_in_baggage(cx)
        {
            self.elsewhere().session_id = Some(id);
        }
    }

    /// The trace state of the parent.
    pub(crate) fn trace_state(&self) -> &TraceState {
        let elsewhere = self.elsewhere.as_ref();
        elsewhere.map_or(&TraceState::NONE, |elsewhere| &elsewhere.trace_state)
    }

    /// The parent as OpenTelemetry has it.
    pub(crate) fn span_context(&self) -> SpanContext {
        let span = &self.span;
        let flags = TraceFlags::new(u8::from(span.is_sampled));
        let state = self.trace_state().clone();
        SpanContext::new(span.trace_id, span.span_id, flags, span.is_remote, state)
    }

    fn set_span(&mut self, context: &SpanContext) {
        self.span = ParentSpan::of(context);
        if *context.trace_state() != TraceState::NONE {
            self.elsewhere().trace_state = context.trace_state().clone();
        }
    }

    /// Begins a trace; what was current is referred to, and its session stays.
    pub(crate) fn cut(&mut self) {
        let left = self.span_context();
        self.span = ParentSpan::NONE;
        if let Some(elsewhere) = &mut self.elsewhere {
            elsewhere.trace_state = TraceState::NONE;
        }
        if left.is_valid() {
            self.elsewhere().links.push(left);
        }
    }

    /// The run that it belongs to.
    pub(crate) fn run(&self) -> Option<Arc<Run>> {
        if self.run_index == 0 {
            return None;
        }
        let elsewhere = self.elsewhere.as_ref();
        let taken = elsewhere.and_then(|elsewhere| elsewhere.run.clone());
        taken.or_else(|| Run::of(&self.surroundings()))
    }

    /// The session that it belongs to.
    pub(crate) fn session(&self) -> Option<Arc<Run>> {
        self.is_in_session.then(|| self.run()).flatten()
    }

    /// Whether a span below it runs in the current context, with nothing more said of it.
    #[inline]
    pub(crate) fn is_plain(&self) -> bool {
        self.elsewhere.is_none() && !self.has_baggage
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
        if span.is_valid() && span.trace_id() != self.span.trace_id {
            self.leave();
            self.set_span(span);
        }
        if session_id.is_some() && !self.is_in_session {
            self.elsewhere().session_id = session_id;
        }
    }

    /// Leaves the current session and trace where `id` names another session.
    pub(crate) fn leave_other(&mut self, id: Option<&str>) {
        let Some(id) = id else {
            return;
        };
        if self.session().is_some_and(|session| session.id != id) {
            self.leave();
        }
    }

    fn leave(&mut self) {
        self.cut();
        if self.is_in_session {
            self.run_index = 0;
            self.is_in_session = false;
            self.has_baggage = false;
            self.elsewhere().has_left_session = true;
        }
    }

    /// Hangs the span below the one of `cx`, as if that were the current context.
    pub(crate) fn move_to(&mut self, cx: Context) {
        let realm = self.realm;
        *self = Self::NONE;
        self.look_at(&cx);
        if self.run_index == 0 && realm != 0 {
            // A test sees what it captures, also where a context comes from elsewhere.
            let run = Run::surroundings(realm);
            self.realm = realm;
            self.run_index = run.index;
            self.elsewhere().run = Some(run);
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

    /// The context that the span begins in, as a sampler is told it: with its parent, if it has
    /// one, and with what its session and a carrier say in baggage.
    pub(crate) fn context(&self) -> Context {
        let cx = self.apply_baggage(self.surroundings());
        let cx = match self.run() {
            Some(run) => run.merge_baggage(cx),
            None => cx,
        };
        let span = self.span_context();
        match *cx.span().span_context() == span {
            true => cx,
            false => cx.with_remote_span_context(span),
        }
    }

    /// Whether a span that begins here is recorded; `None` where a sampler is to be asked.
    #[inline]
    pub(crate) fn decides(&self) -> Option<bool> {
        let is_root = !self.span.is_some();
        // A test sees what it captures, whatever the program's sampler says.
        match self.realm != 0 {
            true => Some(is_root || self.span.is_sampled),
            false => sampling::decide(is_root, self.span.is_sampled),
        }
    }

    /// What it refers to besides its parent.
    pub(crate) fn links(&self) -> &[SpanContext] {
        let elsewhere = self.elsewhere.as_ref();
        elsewhere.map_or(&[], |elsewhere| &elsewhere.links)
    }

    /// Writes what a start record says of where the span hangs, besides ids.
    pub(crate) fn write(&self, out: &mut Cursor<'_>) {
        for link in self.links() {
            values::write_link(link, &[], out);
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
    pub(crate) fn apply_baggage(&self, cx: Context) -> Context {
        let Some(elsewhere) = &self.elsewhere else {
            return cx;
        };
        let cx = match elsewhere.has_left_session {
            true => leave_baggage(&cx),
            false => cx,
        };
        match elsewhere.members.is_empty() {
            true => cx,
            false => with_members(&cx, elsewhere.members.iter().cloned()),
        }
    }
}
