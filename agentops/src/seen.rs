//! What the value of a call says about it.
//!
//! An expansion hands a value to the span that ends with it: it splits the value, asks
//! for its content, and lets the options of the attribute say more. All of that goes
//! into a [`Seen`]; a span ends with what was seen of its value, a stream gathers what
//! was seen of its items.

use agentops_spool::clock;
use agentops_spool::record::Reason;
use opentelemetry::KeyValue;

use crate::closing::Closing;
use crate::content::json::{Content, Json};
use crate::content::{Contents, messages};
use crate::left::Left;
use crate::live::OpenSpan;
use crate::llm::sniff::Found;
use crate::outcome::{Message, Outcome};

/// Used by `#[agentops::..]` to say what a value tells.
#[derive(Debug, Default)]
pub struct Seen<'a> {
    keeps_content: bool,
    is_llm_call: bool,
    outcome: Outcome<'a>,
    content: Option<Json>,
    found: Option<Box<Found>>,
    /// What options said of a model's answer, in place of what the value looks like.
    answer: Option<Box<Found>>,
    /// In a box, since most values have nothing of it.
    told: Option<Box<Told>>,
}

/// What options said of a value.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Attributes of the span, the later winning.
    pub(crate) attributes: Vec<KeyValue>,
    /// The words of an error, in place of its own.
    pub(crate) words: Option<String>,
    /// Its type, in place of its own.
    pub(crate) error_type: Option<String>,
    /// Whether it counts as a success, whatever it is.
    pub(crate) verdict: Option<Verdict>,
    /// What the model said, or said next.
    pub(crate) completion: Option<Json>,
    /// Whether the content was said.
    has_content: bool,
}

/// What an option said of success.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verdict {
    /// It is one.
    Success,
    /// It is none, for this reason.
    Failure(&'static str),
}

impl<'a> Seen<'a> {
    /// Ends `span` with what `look` sees in the value of the call.
    #[inline]
    pub(crate) fn conclude<T>(
        mut left: Left<'_>,
        value: &'a T,
        look: impl FnOnce(&'a T, &mut Self),
        keep: bool,
    ) {
        // Reading its value is no part of the call.
        let tick = if left.is_noted() { clock::now() } else { 0 };
        let span = left.leave();
        if span.is_noted() {
            let mut seen = Self::of(span, keep);
            look(value, &mut seen);
            seen.end(span, tick);
        }
    }

    /// Ends `span`, which was over at `tick`, with what a value says.
    #[inline(never)]
    pub(crate) fn end_with(
        span: &mut OpenSpan,
        tick: u64,
        outcome: Outcome<'a>,
        content: Content<'_>,
        keep: bool,
    ) {
        let mut seen = Self::of(span, keep);
        seen.look(outcome, content);
        seen.end(span, tick);
    }

    /// Of a value of what `span` is about.
    #[inline]
    pub(crate) fn of(span: &OpenSpan, keep: bool) -> Self {
        Self {
            keeps_content: keep && span.keeps_content(),
            is_llm_call: span.is_llm_call(),
            ..Self::default()
        }
    }

    /// Takes outcome and content of the value.
    #[inline]
    pub(crate) fn look(&mut self, outcome: Outcome<'a>, content: Content<'_>) {
        self.outcome = outcome;
        if self.is_llm_call {
            self.found = content.found();
        }
        let is_said = self.told.as_ref().is_some_and(|told| told.has_content);
        if !is_said {
            self.keep(content);
        }
    }

    /// Whether what is said of the content is recorded.
    pub(crate) fn keeps_content(&self) -> bool {
        self.keeps_content
    }

    fn keep(&mut self, content: Content<'_>) {
        if self.keeps_content && !matches!(content, Content::Nothing) {
            self.content = Some(Json::of(content));
        }
    }

    /// Says what the content is, in place of the value.
    pub(crate) fn say_content(&mut self, content: Content<'_>) {
        self.told().has_content = true;
        self.keep(content);
    }

    /// To say something of the value.
    pub(crate) fn told(&mut self) -> &mut Told {
        self.told.get_or_insert_default()
    }

    /// To say something of a model's answer.
    pub(crate) fn answer(&mut self) -> &mut Found {
        self.answer.get_or_insert_default()
    }

    /// The outcome, by the word of the options where they had one.
    pub(crate) fn outcome(&self) -> Outcome<'_> {
        let Some(told) = &self.told else {
            return self.outcome;
        };
        match (told.verdict, self.outcome) {
            (Some(Verdict::Success), _) => Outcome::Ok,
            (_, Outcome::Err { type_name, message }) => Outcome::Err {
                type_name: told.error_type.as_deref().unwrap_or(type_name),
                message: match &told.words {
                    Some(words) => Message::Display(words),
                    None => message,
                },
            },
            (Some(Verdict::Failure(why)), _) => Outcome::Failed(why),
            (None, outcome) => outcome,
        }
    }

    /// What options said, to be set on a span.
    pub(crate) fn take_attributes(&mut self) -> Vec<KeyValue> {
        let told = self.told.as_mut();
        told.map_or_else(Vec::new, |told| std::mem::take(&mut told.attributes))
    }

    /// What a model's answer says, first by what the value looks like.
    pub(crate) fn take_found(&mut self) -> Option<Box<Found>> {
        match (self.found.take(), self.answer.take()) {
            (Some(mut seen), Some(told)) => {
                seen.merge(*told);
                Some(seen)
            }
            (seen, told) => told.or(seen),
        }
    }

    /// What the model said, where an option told.
    pub(crate) fn take_completion(&mut self) -> Option<Json> {
        self.told.as_mut().and_then(|told| told.completion.take())
    }

    /// The content, where it is kept.
    pub(crate) fn take_content(&mut self) -> Option<Json> {
        self.content.take()
    }

    /// Ends the span, which was over at `tick`.
    #[inline]
    pub(crate) fn end(&mut self, span: &mut OpenSpan, tick: u64) {
        let has_found = self.found.is_some() || self.answer.is_some();
        if has_found || self.told.is_some() || self.content.is_some() {
            self.end_with_more(span, tick);
        } else {
            span.end_at(tick, Reason::Returned, self.outcome, None);
        }
    }

    fn end_with_more(&mut self, span: &mut OpenSpan, tick: u64) {
        let completion = self.take_completion();
        let closing = Closing {
            found: self.take_found(),
            told: self.take_attributes(),
            contents: Contents {
                output: self.take_content(),
                completion: completion.map(|said| messages::from("assistant", &said)),
            },
        };
        span.end_at(tick, Reason::Returned, self.outcome(), Some(&closing));
    }
}
