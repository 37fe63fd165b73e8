//! What is learnt of a stream while its items pass by.

use std::fmt;

use agentops_spool::clock;
use agentops_spool::record::Reason;
use opentelemetry::KeyValue;

use crate::closing::Closing;
use crate::content::Contents;
use crate::content::json::Json;
use crate::content::messages::Pieces;
use crate::host::Attachment;
use crate::live::OpenSpan;
use crate::llm::sniff::Found;
use crate::outcome::{Message, Outcome, words};
use crate::seen::Seen;
use crate::semconv;

/// Says of an item whether it is an error, and what it holds.
pub(crate) type Look<I> = for<'a> fn(&'a I, &mut Seen<'a>);

/// The span of a stream and what its items said so far.
pub struct Tap<I> {
    span: OpenSpan,
    look: Look<I>,
    /// The items as a JSON array, where content is kept.
    items: Option<Json>,
    keep: bool,
    /// What the model said, where an option tells.
    completion: Pieces,
    found: Found,
    error: Option<Failure>,
    has_begun: bool,
}

/// An item that was an error.
#[derive(Debug)]
enum Failure {
    Err { type_name: String, message: String },
    Other(&'static str),
}

impl<I> fmt::Debug for Tap<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tap")
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}

impl<I> Tap<I> {
    pub(crate) fn new(span: OpenSpan, look: Look<I>, keep: bool) -> Self {
        Self {
            items: (keep && span.keeps_content()).then(Json::default),
            span,
            look,
            keep,
            completion: Pieces::default(),
            found: Found::default(),
            error: None,
            has_begun: false,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.span.is_open()
    }

    pub(super) fn attach(&self) -> Option<Attachment> {
        self.span.attach()
    }

    /// Takes note of an item.
    pub(super) fn item(&mut self, item: &I) {
        if !self.span.is_noted() {
            return;
        }
        if !std::mem::replace(&mut self.has_begun, true) && self.span.is_llm_call() {
            self.note_first();
        }
        let mut seen = Seen::of(&self.span, self.keep);
        (self.look)(item, &mut seen);
        self.gather(seen);
    }

    fn gather(&mut self, mut seen: Seen<'_>) {
        self.span.set(seen.take_attributes());
        if let Some(found) = seen.take_found() {
            self.found.merge(*found);
        }
        if let Some(said) = seen.take_completion() {
            self.completion.add(&said);
        }
        let failure = match seen.outcome() {
            Outcome::Err { type_name, message } => Failure::Err {
                type_name: type_name.to_owned(),
                message: words(message),
            },
            Outcome::Failed(why) => Failure::Other(why),
            Outcome::Ok | Outcome::Unknown => {
                self.add(seen.take_content());
                return;
            }
        };
        self.error = Some(failure);
    }

    fn add(&mut self, content: Option<Json>) {
        if let Some((items, content)) = self.items.as_mut().zip(content) {
            items.push(if items.is_empty() { b"[" } else { b"," });
            items.append(&content);
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a stream does not take 2^53 nanoseconds to begin"
    )]
    fn note_first(&mut self) {
        let nanos = clock::now().saturating_sub(self.span.tick());
        self.span.set_defaults(vec![KeyValue::new(
            semconv::GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
            nanos as f64 / 1e9,
        )]);
    }

    /// The stream is over: it said so, or it is dropped.
    pub(super) fn end(&mut self, has_finished: bool) {
        let has_stopped = self.tell();
        let closing = self.take_closing();
        let (reason, outcome) = match &self.error {
            Some(Failure::Err { type_name, message }) => {
                let message = Message::Display(message);
                (Reason::Returned, Outcome::Err { type_name, message })
            }
            Some(Failure::Other(why)) => (Reason::Returned, Outcome::Failed(why)),
            // Who leaves after the model has stopped missed nothing.
            None if has_finished || has_stopped => (Reason::Returned, Outcome::Ok),
            None => (Reason::Cancelled, Outcome::Unknown),
        };
        self.span
            .end_at(clock::now(), reason, outcome, Some(&closing));
    }

    /// The stream panicked.
    pub(super) fn panicked(&mut self) {
        self.tell();
        let closing = self.take_closing();
        let tick = clock::now();
        self.span
            .end_at(tick, Reason::Panicked, Outcome::Unknown, Some(&closing));
    }

    /// Tells the span what the items said; whether that was that the model has stopped.
    fn tell(&mut self) -> bool {
        if !self.span.is_llm_call() {
            return false;
        }
        let found = std::mem::take(&mut self.found);
        let has_stopped = !found.finish_reasons.is_empty();
        let mut attributes = found.attributes();
        attributes.push(KeyValue::new(semconv::GEN_AI_REQUEST_STREAM, true));
        self.span.set_defaults(attributes);
        has_stopped
    }

    fn take_closing(&mut self) -> Closing {
        let output = self.items.take().map(|mut items| {
            items.push(if items.is_empty() { b"[]" } else { b"]" });
            items
        });
        let completion = std::mem::take(&mut self.completion).finish("assistant");
        let contents = Contents { output, completion };
        Closing {
            contents,
            ..Closing::default()
        }
    }
}
