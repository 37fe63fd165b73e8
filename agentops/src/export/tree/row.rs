//! One span as the terminal shows it: what it is, how it ended, how long it took.

use crate::export::tree::figure::duration;
use crate::export::tree::style::Paint;
use crate::export::tree::text::clean;

/// One span of a session.
#[derive(Debug)]
pub(crate) struct Row {
    /// The span's id.
    pub(crate) span_id: u64,
    /// The id of the span it ran in; 0 for none.
    pub(crate) parent_id: u64,
    /// What it is: `session`, `agent`, `workflow`, `task`, `operation`, `tool`, `guardrail`,
    /// `llm_call`, or a word this version does not know.
    pub(crate) kind: String,
    /// The name its author gave it.
    pub(crate) name: String,
    /// The model that was asked.
    pub(crate) model: Option<String>,
    /// Tokens sent to the model.
    pub(crate) input_tokens: Option<u64>,
    /// Tokens the model answered with.
    pub(crate) output_tokens: Option<u64>,
    /// When it began, in nanoseconds of Unix time.
    pub(crate) start_nanos: u64,
    /// When it ended, in nanoseconds of Unix time.
    pub(crate) end_nanos: u64,
    /// How it ended.
    pub(crate) status: RowStatus,
}

/// How a span ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RowStatus {
    /// It returned a value.
    Ok,
    /// It returned an error, with its message.
    Error(String),
    /// It panicked, with the panic's message.
    Panicked(String),
    /// Its future was dropped before it was done.
    Cancelled,
    /// It had not ended when the session did.
    Incomplete,
}

impl Row {
    /// How long it took, if it has ended.
    pub(crate) fn took(&self) -> String {
        if self.is_open() {
            return "–".to_owned();
        }
        duration(self.end_nanos.saturating_sub(self.start_nanos))
    }

    /// Whether it has no end that could be shown.
    pub(crate) fn is_open(&self) -> bool {
        self.status == RowStatus::Incomplete && self.end_nanos <= self.start_nanos
    }
}

impl RowStatus {
    /// The status in words: the message if there is one, of at most `max` cells.
    pub(crate) fn told(&self, max: usize) -> String {
        let (word, message) = match self {
            Self::Ok => ("ok", ""),
            Self::Error(message) => ("error", message.as_str()),
            Self::Panicked(message) => ("panicked", message.as_str()),
            Self::Cancelled => ("cancelled", ""),
            Self::Incomplete => ("incomplete", ""),
        };
        let message = clean(message, max);
        match self {
            _ if message.is_empty() => word.to_owned(),
            Self::Panicked(_) => format!("{word}: {message}"),
            _ => message,
        }
    }

    /// The colour of the status in a row.
    pub(crate) fn paint(&self) -> Paint {
        match self {
            Self::Ok => Paint::Dim,
            Self::Error(_) | Self::Panicked(_) => Paint::Bad,
            Self::Cancelled | Self::Incomplete => Paint::Warn,
        }
    }

    /// The mark before a session that ended so; nothing said means that nothing went wrong.
    pub(crate) fn mark(&self) -> (Paint, &'static str) {
        match self {
            Self::Ok => (Paint::Good, "✓ "),
            Self::Error(_) | Self::Panicked(_) => (Paint::Bad, "✗ "),
            Self::Cancelled => (Paint::Warn, "⊘ "),
            Self::Incomplete => (Paint::Warn, "○ "),
        }
    }

    /// Whether the span ended otherwise than planned.
    pub(crate) fn is_trouble(&self) -> bool {
        !matches!(self, Self::Ok)
    }
}

/// How a span looks, by its kind.
pub(crate) struct Face {
    /// A glyph, one cell wide.
    pub(crate) glyph: &'static str,
    /// The colour of the glyph.
    pub(crate) paint: Paint,
    /// What its bar is made of: thin for what holds others, full for what does the work.
    pub(crate) bar: &'static str,
    /// The colour of the bar.
    pub(crate) bar_paint: Paint,
    /// The colour of its name.
    pub(crate) name: Paint,
    /// Whether the glyph alone says what it is.
    pub(crate) is_known: bool,
}

impl Face {
    /// The look of a row; one that failed shows it in glyph and name, its bar keeps its colour.
    pub(crate) fn of(row: &Row) -> Self {
        let (glyph, paint, is_known) = match row.kind.as_str() {
            "agent" => ("◇", Paint::Agent, false),
            "llm_call" => ("✦", Paint::Llm, true),
            "tool" => ("⚒", Paint::Tool, true),
            "guardrail" => ("⛨", Paint::Guardrail, false),
            _ => ("·", Paint::Dim, false),
        };
        let is_holder = matches!(paint, Paint::Agent | Paint::Dim);
        let name = if is_holder {
            Paint::Strong
        } else {
            Paint::Plain
        };
        let failed = Some(Paint::Bad).filter(|&bad| row.status.paint() == bad);
        Self {
            glyph,
            paint: failed.unwrap_or(paint),
            bar: if is_holder { "━" } else { "█" },
            bar_paint: paint,
            name: failed.unwrap_or(name),
            is_known,
        }
    }
}
