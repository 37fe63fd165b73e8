//! A span that has begun and not ended.

use std::panic::{RefUnwindSafe, UnwindSafe};

use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::write::{End, Measure};
use agentops_spool::record::{Reason, Status};
use agentops_spool::site::{Kind, Site};
use agentops_spool::{clock, fork, pool, registry, thread};
use opentelemetry::trace::{
    SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{Context, KeyValue};

use crate::buffer::Buffer;
use crate::closing::Closing;
use crate::ending::Ending;
use crate::handle::Handle;
use crate::host::{self, Attachment};
use crate::leaf::Leaf;
use crate::outcome::Outcome;
use crate::slot::SlotRef;
use crate::updates::Updates;

/// A span that has begun and not ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Live {
    pub(crate) site: &'static Site,
    pub(crate) trace_id: TraceId,
    pub(crate) span_id: SpanId,
    /// Where others record on it; none where nothing comes of it.
    pub(crate) slot: Option<SlotRef>,
    pub(crate) tick: u64,
    /// Index of the session, 0 for none.
    pub(crate) session: u32,
    pub(crate) is_sampled: bool,
    pub(crate) keeps_content: bool,
}

impl Live {
    #[inline]
    fn end(
        &self,
        waiting: &Buffer,
        (tick, reason): (u64, Reason),
        outcome: Outcome<'_>,
        closing: Option<&Closing>,
    ) {
        let Some(slot) = self.slot else {
            return;
        };
        match (slot.finish(), outcome.plain_status()) {
            // Most spans: there is nothing to be said but that it is over.
            (None, Some(status)) if self.is_sampled && closing.is_none() => {
                self.write_end(tick, reason, status, |_| {});
            }
            (None, Some(status)) => self.write(waiting, (tick, reason), status, closing, |_| {}),
            (updates, _) => {
                self.end_with_more(waiting, (tick, reason), outcome, closing, updates);
            }
        }
    }

    fn end_with_more(
        &self,
        waiting: &Buffer,
        (tick, reason): (u64, Reason),
        outcome: Outcome<'_>,
        closing: Option<&Closing>,
        updates: Option<Box<Updates>>,
    ) {
        let told = updates.as_ref().and_then(|updates| updates.ended);
        let tick = told.unwrap_or(tick);
        let ending = match self.is_sampled {
            true => Ending::new(updates, outcome),
            false => Ending::new(updates, outcome.without_words()),
        };
        let write = |out: &mut Cursor<'_>| ending.write(out);
        self.write(waiting, (tick, reason), ending.status(), closing, write);
    }

    /// Writes the end of the span, or what is counted of a call that is not recorded.
    #[inline]
    fn write(
        &self,
        waiting: &Buffer,
        (tick, reason): (u64, Reason),
        status: Status,
        closing: Option<&Closing>,
        ending: impl Fn(&mut Cursor<'_>),
    ) {
        let kind = self.site.kind();
        let fields = |out: &mut Cursor<'_>| Closing::write(closing, kind, &ending, out);
        match self.is_sampled {
            true => self.write_end(tick, reason, status, fields),
            false => self.write_measure(tick, reason, status, |out| {
                out.bytes(waiting.as_bytes());
                fields(out);
            }),
        }
    }

    #[inline]
    fn write_end(
        &self,
        tick: u64,
        reason: Reason,
        status: Status,
        fields: impl Fn(&mut Cursor<'_>),
    ) {
        let end = End {
            span_id: self.span_id.to_bytes(),
            tick,
            status,
            reason,
        };
        let written = thread::append(|out| {
            end.write(out);
            fields(out);
        });
        if !written {
            pool::abandon(end.span_id);
        }
    }

    #[inline]
    fn write_measure(
        &self,
        tick: u64,
        reason: Reason,
        status: Status,
        fields: impl Fn(&mut Cursor<'_>),
    ) {
        let measure = Measure {
            site: registry::id_of(self.site),
            session: self.session,
            tick,
            nanos: tick.saturating_sub(self.tick),
            status: match reason {
                Reason::Returned => status,
                _ => Status::Error,
            },
            reason,
        };
        thread::append(|out| {
            measure.write(out);
            fields(out);
        });
    }

    /// The context in which its callees run where it has no trace state, below the current one.
    #[inline]
    pub(crate) fn plain_context(&self) -> Context {
        let flags = TraceFlags::new(u8::from(self.is_sampled));
        let (trace_id, span_id) = (self.trace_id, self.span_id);
        let context = SpanContext::new(trace_id, span_id, flags, false, TraceState::NONE);
        match self.slot {
            Some(slot) => Context::current_with_span(Handle { context, slot }),
            None => Context::map_current(|cx| cx.with_remote_span_context(context)),
        }
    }

    /// The context in which its callees run, made anew below the current one.
    fn context(&self) -> Context {
        let cx = host::current_context();
        let flags = TraceFlags::new(u8::from(self.is_sampled));
        let context = SpanContext::new(
            self.trace_id,
            self.span_id,
            flags,
            false,
            cx.span().span_context().trace_state().clone(),
        );
        match self.slot {
            Some(slot) => cx.with_span(Handle { context, slot }),
            None => cx.with_remote_span_context(context),
        }
    }
}

/// Whether calls of this site feed metrics, recorded or not.
pub(crate) fn is_measured(site: &Site) -> bool {
    let is_kind = matches!(
        site.kind(),
        Kind::Session | Kind::Agent | Kind::Workflow | Kind::Tool | Kind::LlmCall
    );
    is_kind && site.is_measured()
}

/// Used by `#[agentops::..]` to hand on the span of a call, until it is known how the call ended.
///
/// Ends with the last word at hand where nobody says more: when it is dropped.
#[derive(Debug, Default)]
pub struct OpenSpan {
    state: State,
    /// What waits for the end: the record of a leaf, the fields of a call that is only counted.
    waiting: Buffer,
    /// What the value of a leaf tells, in a box, since most have nothing of it.
    updates: Option<Box<Updates>>,
    /// What its callees run in, once it is not just current.
    context: Option<Context>,
}

// Plain data, which is written where it stays, in place of nothing that has to be dropped.
#[derive(Clone, Copy, Debug, Default)]
enum State {
    /// Nothing is recorded, or it has ended.
    #[default]
    Nothing,
    Live(Live),
    Leaf(Leaf),
}

// What a panic leaves is ended and says so; nothing of it can be seen half-done.
impl UnwindSafe for OpenSpan {}
impl RefUnwindSafe for OpenSpan {}

impl OpenSpan {
    /// Becomes a span that nothing waits for.
    #[inline]
    pub(crate) fn begin(&mut self, live: Live) {
        self.state = State::Live(live);
    }

    /// Becomes a span that is not recorded; where it is counted, these fields wait for that.
    #[inline]
    pub(crate) fn begin_counted(&mut self, live: Live, fields: Buffer) {
        self.waiting = fields;
        self.state = State::Live(live);
    }

    /// Becomes a leaf, of which this is the record.
    #[inline]
    pub(crate) fn begin_leaf(&mut self, leaf: Leaf, record: Buffer) {
        self.waiting = record;
        self.state = State::Leaf(leaf);
    }

    /// Has its callees run in what cannot be current now, but may be later, at another poll.
    pub(crate) fn run_in(&mut self, context: Context) {
        self.context = Some(context);
    }

    /// The same in what is made for it now, where it has no trace state.
    #[cold]
    pub(crate) fn run_in_plain(&mut self) {
        if let State::Live(live) = &self.state {
            self.context = Some(live.plain_context());
        }
    }

    /// Whether there is a span.
    #[inline]
    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.state, State::Nothing)
    }

    /// Whether what a value tells goes anywhere: onto a span, or into metrics.
    #[inline]
    pub(crate) fn is_noted(&self) -> bool {
        match &self.state {
            State::Live(live) => live.slot.is_some(),
            State::Leaf(_) => true,
            State::Nothing => false,
        }
    }

    /// Keeps what its callees run in beyond the time that the span is just current.
    ///
    /// Most spans are current once, and need not hold their context for that.
    #[inline]
    pub(crate) fn keep_context(&mut self) {
        if let (State::Live(live), None) = (&self.state, &self.context) {
            let cx = host::current_context();
            // The program may have left something else current.
            let is_own = cx.span().span_context().span_id() == live.span_id;
            self.context = Some(if is_own { cx } else { live.context() });
        }
    }

    /// What callees run in, if that was kept.
    pub(crate) fn context(&self) -> Option<&Context> {
        self.context.as_ref()
    }

    /// Makes the span current on this thread.
    #[inline]
    pub(crate) fn attach(&self) -> Option<Attachment> {
        host::attach(self.context.as_ref()?.clone())
    }

    /// Whether the span is an LLM call, of which a value may tell more.
    pub(crate) fn is_llm_call(&self) -> bool {
        matches!(&self.state, State::Live(live) if live.site.kind() == Kind::LlmCall)
    }

    /// Whether more than the status of a value is recorded: its content, or what a model says in it.
    #[inline]
    pub(crate) fn wants(&self, keep: bool) -> bool {
        self.is_llm_call() || (keep && self.keeps_content())
    }

    /// Whether the span records what the call gives.
    pub(crate) fn keeps_content(&self) -> bool {
        match &self.state {
            State::Live(live) => live.keeps_content,
            State::Leaf(leaf) => leaf.keeps_content,
            State::Nothing => false,
        }
    }

    /// When the span began, in ticks.
    pub(crate) fn tick(&self) -> u64 {
        match &self.state {
            State::Live(live) => live.tick,
            State::Leaf(leaf) => leaf.tick,
            State::Nothing => 0,
        }
    }

    /// Sets attributes that the program did not set itself.
    pub(crate) fn set_defaults(&mut self, attributes: Vec<KeyValue>) {
        self.update(attributes, Updates::set_default);
    }

    /// Sets attributes.
    pub(crate) fn set(&mut self, attributes: Vec<KeyValue>) {
        self.update(attributes, Updates::set);
    }

    fn update(&mut self, attributes: Vec<KeyValue>, set: fn(&mut Updates, KeyValue)) {
        if attributes.is_empty() {
            return;
        }
        let set_all = |updates: &mut Updates| {
            for attribute in attributes {
                set(updates, attribute);
            }
        };
        match &self.state {
            State::Live(live) => {
                if let Some(slot) = live.slot {
                    slot.update(set_all);
                }
            }
            State::Leaf(_) => set_all(self.updates.get_or_insert_default()),
            State::Nothing => {}
        }
    }

    /// Ends the span, if it has not ended.
    pub(crate) fn end(&mut self, reason: Reason, outcome: Outcome<'_>) {
        let tick = if self.is_noted() { clock::now() } else { 0 };
        self.end_at(tick, reason, outcome, None);
    }

    /// Ends the span, which was over at `tick`.
    #[inline]
    pub(crate) fn end_at(
        &mut self,
        tick: u64,
        reason: Reason,
        outcome: Outcome<'_>,
        closing: Option<&Closing>,
    ) {
        // In a forked child what began before is the parent process's, which ends it.
        let over = (tick, reason);
        match &self.state {
            State::Live(live) if !fork::is_inherited(live.tick) => {
                live.end(&self.waiting, over, outcome, closing);
            }
            State::Leaf(leaf) if !fork::is_inherited(leaf.tick) => {
                let updates = self.updates.take();
                leaf.end(&self.waiting, updates, over, outcome, closing);
            }
            _ => {}
        }
        self.state = State::Nothing;
    }
}

impl Drop for OpenSpan {
    #[inline]
    fn drop(&mut self) {
        if self.is_open() {
            self.end_unsaid();
        }
    }
}

impl OpenSpan {
    #[cold]
    fn end_unsaid(&mut self) {
        let reason = match std::thread::panicking() {
            true => Reason::Panicked,
            false => Reason::Returned,
        };
        self.end(reason, Outcome::Unknown);
    }
}
