//! Decide whether a span is recorded.
//!
//! Without a sampler everything is, but what hangs below a span that is not
//! recorded. A sampler for roots is asked about spans without a parent, and
//! others follow their parent; one for every span is asked about each.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use agentops_spool::fork::Published;
use opentelemetry::trace::{Link, SpanContext, SpanKind, TraceId, TraceState};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::trace::{
    ParentBasedSampler, Sampler, SamplingDecision, SamplingResult, ShouldSample,
};

use crate::host;

/// A sampler, and which spans it is asked about.
#[derive(Clone, Debug)]
pub(crate) struct Sampling {
    sampler: Arc<dyn ShouldSample>,
    asked: Asked,
    /// Whether it looks at nothing but the trace id, and calls no code of the program.
    is_plain: bool,
    /// Whether it is known to say no to all.
    is_off: bool,
}

/// Which spans a sampler is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Those without a parent; others follow it.
    Roots,
    /// All.
    Every,
}

impl Sampling {
    pub(crate) fn new<S: ShouldSample + 'static>(sampler: S, asked: Asked) -> Self {
        let known: Option<&Sampler> = (&sampler as &dyn Any).downcast_ref();
        let is_off = matches!(known, Some(Sampler::AlwaysOff));
        let is_plain = is_off
            || matches!(
                known,
                Some(Sampler::AlwaysOn | Sampler::TraceIdRatioBased(_))
            );
        Self {
            sampler: Arc::new(sampler),
            asked,
            is_plain,
            is_off,
        }
    }

    /// What it comes down to for spans of ours.
    fn rule(&self) -> Rule {
        match (self.asked, self.is_off) {
            (Asked::Roots, true) => Rule::NoRoots,
            (Asked::Roots, false) => Rule::AskAtRoots,
            (Asked::Every, true) => Rule::Nothing,
            (Asked::Every, false) => Rule::Ask,
        }
    }

    /// The same for spans of other code, whose provider asks about each.
    pub(crate) fn for_provider(&self) -> Box<dyn ShouldSample> {
        let shared = Box::new(Shared(Arc::clone(&self.sampler)));
        match self.asked {
            Asked::Roots => Box::new(ParentBasedSampler::new(*shared)),
            Asked::Every => shared,
        }
    }
}

/// One sampler for all.
#[derive(Clone, Debug)]
struct Shared(Arc<dyn ShouldSample>);

impl ShouldSample for Shared {
    fn should_sample(
        &self,
        parent: Option<&Context>,
        trace_id: TraceId,
        name: &str,
        kind: &SpanKind,
        attributes: &[KeyValue],
        links: &[Link],
    ) -> SamplingResult {
        self.0
            .should_sample(parent, trace_id, name, kind, attributes, links)
    }
}

static SAMPLING: Published<Sampling> = Published::empty();
/// The [`Rule`] that `SAMPLING` comes down to, so that the usual cases take no lock.
static RULE: AtomicU8 = AtomicU8::new(Rule::Follow as u8);

/// What is to be done about a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Rule {
    /// Record roots, and what hangs below spans that are recorded.
    Follow,
    /// Ask about roots, and let others follow their parent.
    AskAtRoots,
    /// Ask about each.
    Ask,
    /// Record no roots, and let others follow their parent.
    NoRoots,
    /// Record nothing.
    Nothing,
}

/// Makes this sampler decide; `None` records all.
pub(crate) fn install(sampling: Option<Sampling>) {
    let rule = sampling.as_ref().map_or(Rule::Follow, Sampling::rule);
    SAMPLING.set(sampling);
    RULE.store(rule as u8, Ordering::Release);
}

/// Whether a span is recorded; `None` where a sampler is to be asked.
#[inline]
pub(crate) fn decide(is_root: bool, is_parent_sampled: bool) -> Option<bool> {
    const FOLLOW: u8 = Rule::Follow as u8;
    const ASK_AT_ROOTS: u8 = Rule::AskAtRoots as u8;
    const NO_ROOTS: u8 = Rule::NoRoots as u8;
    const NOTHING: u8 = Rule::Nothing as u8;
    match (RULE.load(Ordering::Acquire), is_root) {
        (FOLLOW, true) => Some(true),
        (FOLLOW | ASK_AT_ROOTS | NO_ROOTS, false) => Some(is_parent_sampled),
        (NO_ROOTS, true) | (NOTHING, _) => Some(false),
        _ => None,
    }
}

/// A span about which a sampler is asked.
pub(crate) trait Candidate {
    /// The context that it begins in, with the span above it, if there is one.
    fn context(&self) -> Context;
    /// What is known of it; no key twice.
    fn attributes(&self) -> Vec<KeyValue>;
    /// Its name, as far as it is known by these.
    fn name(&self, attributes: &[KeyValue]) -> String;
    /// What it is to other spans.
    fn kind(&self) -> SpanKind;
    /// What it refers to.
    fn links(&self) -> Vec<Link>;
}

/// What a sampler said.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) is_sampled: bool,
    /// What it adds to the span.
    pub(crate) attributes: Vec<KeyValue>,
    /// The trace state of the span, where it is not its parent's.
    pub(crate) trace_state: Option<TraceState>,
}

impl Verdict {
    /// What it says besides yes or no, if anything.
    pub(crate) fn words(self) -> Option<Box<Self>> {
        let has_words = !self.attributes.is_empty() || self.trace_state.is_some();
        has_words.then(|| Box::new(self))
    }

    fn plain(is_sampled: bool) -> Self {
        Self {
            is_sampled,
            attributes: Vec::new(),
            trace_state: None,
        }
    }
}

/// Asks the sampler about a span that does not just follow its parent.
pub(crate) fn ask(parent: &SpanContext, trace_id: TraceId, span: &impl Candidate) -> Verdict {
    match SAMPLING.get() {
        None => Verdict::plain(!parent.is_valid() || parent.is_sampled()),
        Some(sampling) if sampling.is_plain => {
            let said =
                sampling
                    .sampler
                    .should_sample(None, trace_id, "", &SpanKind::Internal, &[], &[]);
            Verdict::plain(said.decision == SamplingDecision::RecordAndSample)
        }
        Some(sampling) => ask_program(&*sampling.sampler, parent, trace_id, span),
    }
}

#[cold]
fn ask_program(
    sampler: &dyn ShouldSample,
    parent: &SpanContext,
    trace_id: TraceId,
    span: &impl Candidate,
) -> Verdict {
    // What it calls is not recorded: it would be asked about that in turn, without an end.
    // Where the `Context` is in use it cannot be told so, hence the note.
    if set_asking(true) {
        return Verdict::plain(false);
    }
    // Always one, as the SDK has it: programs may count on it.
    let cx = span.context();
    let (attributes, links) = (span.attributes(), span.links());
    let _quiet = host::attach(Context::map_current(Context::with_telemetry_suppressed));
    let ask = AssertUnwindSafe(|| {
        let (name, kind) = (span.name(&attributes), span.kind());
        sampler.should_sample(Some(&cx), trace_id, &name, &kind, &attributes, &links)
    });
    let verdict = match catch_unwind(ask) {
        Ok(said) => Verdict {
            is_sampled: said.decision == SamplingDecision::RecordAndSample,
            attributes: said.attributes,
            trace_state: (said.trace_state != *parent.trace_state()).then_some(said.trace_state),
        },
        // One that panics has not said no.
        Err(_) => Verdict::plain(true),
    };
    set_asking(false);
    verdict
}

/// Notes whether this thread asks the sampler; whether it did before.
fn set_asking(is_asking: bool) -> bool {
    thread_local! {
        static IS_ASKING: Cell<bool> = const { Cell::new(false) };
    }
    IS_ASKING
        .try_with(|asking| asking.replace(is_asking))
        .unwrap_or(false)
}
