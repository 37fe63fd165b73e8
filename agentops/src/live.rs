//! A span that has begun and not ended.

use std::panic::{RefUnwindSafe, UnwindSafe};

use agentops_spool::record::write::{End, Measure};
use agentops_spool::record::{Reason, Status};
use agentops_spool::site::{Kind, Site};
use agentops_spool::{clock, fork, pool, registry, thread};
use opentelemetry::trace::SpanId;
use opentelemetry::{Context, KeyValue};

use crate::content::Contents;
use crate::host::{self, Attachment};
use crate::leaf::Leaf;
use crate::outcome::Outcome;
use crate::slot::{SlotRef, Updates};
use crate::update::Ending;

/// A span that has begun and not ended.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) site: &'static Site,
    pub(crate) span_id: SpanId,
    pub(crate) slot: SlotRef,
    pub(crate) tick: u64,
    /// Index of the session, 0 for none.
    pub(crate) session: u32,
    pub(crate) is_sampled: bool,
    pub(crate) keeps_content: bool,
}

impl Live {
    fn end(self, tick: u64, reason: Reason, outcome: Outcome<'_>, contents: &Contents) {
        let updates = self.slot.finish();
        let told = updates.as_ref().and_then(|updates| updates.ended);
        let tick = told.unwrap_or(tick);
        if self.is_sampled {
            let ending = Ending::new(updates, outcome);
            self.write_end(tick, reason, &ending, contents);
        } else if is_measured(self.site) {
            let ending = Ending::new(updates, outcome.without_words());
            self.write_measure(tick, reason, &ending);
        }
    }

    fn write_end(&self, tick: u64, reason: Reason, ending: &Ending, contents: &Contents) {
        let end = End {
            span_id: self.span_id.to_bytes(),
            tick,
            status: ending.status(),
            reason,
        };
        let written = thread::append(|out| {
            end.write(out);
            ending.write(out);
            contents.write(self.site.kind(), out);
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
}

#[derive(Debug, Default)]
enum State {
    /// Nothing is recorded, or it has ended.
    #[default]
    Nothing,
    /// A span, and what its callees run in.
    Live(Live, Context),
    Leaf(Leaf),
}

// What a panic leaves is ended and says so; nothing of it can be seen half-done.
impl UnwindSafe for OpenSpan {}
impl RefUnwindSafe for OpenSpan {}

impl OpenSpan {
    pub(crate) fn of_live(live: Live, context: Context) -> Self {
        let state = State::Live(live, context);
        Self { state }
    }

    pub(crate) fn of_leaf(leaf: Leaf) -> Self {
        let state = State::Leaf(leaf);
        Self { state }
    }

    /// Whether there is a span.
    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.state, State::Nothing)
    }

    /// Whether what a value tells goes anywhere: onto a span, or into metrics.
    pub(crate) fn is_noted(&self) -> bool {
        match &self.state {
            State::Live(live, _) => live.is_sampled || is_measured(live.site),
            State::Leaf(_) => true,
            State::Nothing => false,
        }
    }

    /// What callees run in.
    pub(crate) fn context(&self) -> Option<&Context> {
        match &self.state {
            State::Live(_, context) => Some(context),
            State::Leaf(_) | State::Nothing => None,
        }
    }

    /// Makes the span current on this thread.
    pub(crate) fn attach(&self) -> Option<Attachment> {
        host::attach(self.context()?.clone())
    }

    /// Whether the span is an LLM call, of which a value may tell more.
    pub(crate) fn is_llm_call(&self) -> bool {
        matches!(&self.state, State::Live(live, _) if live.site.kind() == Kind::LlmCall)
    }

    /// Whether the span records what the call gives.
    pub(crate) fn keeps_content(&self) -> bool {
        match &self.state {
            State::Live(live, _) => live.keeps_content,
            State::Leaf(leaf) => leaf.keeps_content,
            State::Nothing => false,
        }
    }

    /// When the span began, in ticks.
    pub(crate) fn tick(&self) -> u64 {
        match &self.state {
            State::Live(live, _) => live.tick,
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
        match &mut self.state {
            State::Live(live, _) => live.slot.update(set_all),
            State::Leaf(leaf) => set_all(leaf.updates.get_or_insert_default()),
            State::Nothing => {}
        }
    }

    /// Ends the span, if it has not ended.
    pub(crate) fn end(&mut self, reason: Reason, outcome: Outcome<'_>) {
        self.end_at(clock::now(), reason, outcome, &Contents::default());
    }

    /// Ends the span, which was over at `tick`.
    pub(crate) fn end_at(
        &mut self,
        tick: u64,
        reason: Reason,
        outcome: Outcome<'_>,
        contents: &Contents,
    ) {
        let state = std::mem::take(&mut self.state);
        if fork::is_child() {
            // The span is the parent process's, and so may be any lock on the way.
            return;
        }
        match state {
            State::Nothing => {}
            State::Live(live, _) => live.end(tick, reason, outcome, contents),
            State::Leaf(leaf) => leaf.end(tick, reason, outcome, contents),
        }
    }
}

impl Drop for OpenSpan {
    fn drop(&mut self) {
        if self.is_open() {
            let reason = match std::thread::panicking() {
                true => Reason::Panicked,
                false => Reason::Returned,
            };
            self.end(reason, Outcome::Unknown);
        }
    }
}
