//! What the span of a number says, so that an altered or an invented one is known.
//!
//! Spans come in units: a session and what it calls. The number of a span gives
//! its unit, its shape and all that it carries.

use crate::drills::random::scatter;
use crate::spans::Span;

/// Spans of a unit.
pub const UNIT: u64 = 8;

/// Programs from this number on make spans of 3 KB, to fill memory soon.
pub const FAT: u64 = 1_000;

/// The number of a span, unique in a run of a drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Made(pub u64);

/// How a span is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `#[session]`.
    Session,
    /// `#[tool]`.
    Tool,
    /// `#[llm_call]`, with usage that is recorded while it runs.
    Call,
    /// `#[operation(leaf)]`.
    Leaf,
    /// A span of OpenTelemetry's own tracer, with an event.
    Other,
    /// `agentops::span`.
    Task,
    /// `#[tool]` that returns an error.
    Failing,
}

impl Made {
    /// The number of the `index`th span of a thread; `program` tells apart those that share a spool.
    pub fn of(program: u64, thread: u64, index: u64) -> Self {
        Self(program << 48 | thread << 40 | index)
    }

    /// Its place in its unit decides how it is made.
    pub fn shape(self) -> Shape {
        match self.0 % UNIT {
            0 => Shape::Session,
            1 => Shape::Tool,
            2 => Shape::Call,
            5 => Shape::Other,
            6 => Shape::Task,
            7 => Shape::Failing,
            _ => Shape::Leaf,
        }
    }

    /// The session of its unit.
    #[must_use]
    pub fn session(self) -> Self {
        Self(self.0 - self.0 % UNIT)
    }

    /// The id of that session.
    pub fn session_id(self) -> String {
        format!("drill-{}", self.session().0)
    }

    /// The number as an attribute.
    pub fn number(self) -> i64 {
        self.0.cast_signed()
    }

    /// A sum by which a number is known to be one of ours.
    pub fn check(self) -> i64 {
        scatter(self.0 ^ 0x5eed).cast_signed()
    }

    /// Tokens of a call.
    pub fn tokens(self) -> i64 {
        (scatter(self.0) >> 44).cast_signed()
    }

    /// Text of most lengths: short mostly, now and then more than a chunk holds.
    pub fn payload(self) -> String {
        let chance = scatter(self.0 ^ 0xda7a);
        let len = match chance % 4096 {
            _ if self.0 >> 48 >= FAT => 2_000 + chance % 2_000,
            0 => 70_000 + chance / 4096 % 30_000,
            1..40 => chance / 4096 % 20_000,
            40..400 => chance / 4096 % 4_000,
            400..1600 => chance / 4096 % 600,
            _ => chance / 4096 % 64,
        };
        let pattern = format!("{chance:016x}");
        let len = usize::try_from(len).unwrap_or(0);
        pattern.chars().cycle().take(len).collect()
    }

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self.shape() {
            Shape::Session => "drill session",
            Shape::Tool => "execute_tool drill_tool",
            Shape::Call => "chat gpt-4o",
            Shape::Leaf => "drill leaf",
            Shape::Other => "drill other",
            Shape::Task => "drill task",
            Shape::Failing => "execute_tool drill_failing",
        }
    }

    /// The number that a span carries, if it is one that a drill may have made.
    pub fn read(span: &Span) -> Option<Self> {
        let made = Self(span.int("drill.number")?.cast_unsigned());
        (span.int("drill.check") == Some(made.check())).then_some(made)
    }

    /// What is not as it was made.
    pub fn difference(self, span: &Span) -> Option<&'static str> {
        let is_complete = !is_incomplete(span);
        let has_event = span.events().len() == 1;
        let shape = self.shape();
        if span.name() != self.name() {
            Some("name")
        } else if span.str("session.id") != Some(self.session_id().as_str()) {
            Some("session")
        } else if span.str("drill.payload") != Some(self.payload().as_str()) {
            Some("payload")
        } else if span.proto.end_time_unix_nano < span.proto.start_time_unix_nano {
            Some("end before start")
        } else if span.parent_id().is_none() != (shape == Shape::Session) {
            Some("parent")
        } else if is_complete && has_event != matches!(shape, Shape::Other | Shape::Failing) {
            Some("events")
        } else if is_complete
            && shape == Shape::Call
            && span.int("gen_ai.usage.input_tokens") != Some(self.tokens())
        {
            Some("tokens")
        } else {
            None
        }
    }
}

/// Whether a span was open when its program ended.
pub fn is_incomplete(span: &Span) -> bool {
    span.bool("agentops.span.incomplete") == Some(true)
}
