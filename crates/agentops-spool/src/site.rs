//! Call sites: what is known about an annotated function before it runs.
//!
//! A [`Site`] is a static that the macros place at each annotated function. Its
//! first use registers it (`registry`).

use std::borrow::Cow;
use std::sync::atomic::AtomicU32;

/// What a span is to the agent.
///
/// Each kind but [`Kind::Foreign`] has an attribute of its name; it is the span's attribute
/// `agentops.span.kind`, by which viewers tell spans apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A span of other code that uses OpenTelemetry, such as an HTTP client; nothing is said of it.
    #[doc(hidden)]
    Foreign = 0,
    /// One run of the agent from its trigger to its outcome; all that happens within belongs to it.
    Session = 1,
    /// An agent: it decides by itself which models and tools it calls next.
    Agent = 2,
    /// A workflow: several steps in an order that the program decides.
    Workflow = 3,
    /// A task: one goal within a workflow or of an agent, which may take several steps.
    Task = 4,
    /// An operation: a single step that is worth a span and fits none of the other kinds.
    Operation = 5,
    /// A tool that the model may call, such as a search or a calculator.
    Tool = 6,
    /// A guardrail: a check of what goes into the agent or comes out of it.
    Guardrail = 7,
    /// A request to a language model and its response.
    LlmCall = 8,
}

impl Kind {
    /// The value of the attribute `agentops.span.kind`; empty for foreign spans.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Foreign => "",
            Self::Session => "session",
            Self::Agent => "agent",
            Self::Workflow => "workflow",
            Self::Task => "task",
            Self::Operation => "operation",
            Self::Tool => "tool",
            Self::Guardrail => "guardrail",
            Self::LlmCall => "llm_call",
        }
    }

    /// What spans of this kind do, by the conventions for generative AI: `execute_tool`, ..
    #[must_use]
    pub const fn operation(self) -> Option<&'static str> {
        match self {
            Self::Agent => Some("invoke_agent"),
            Self::Workflow => Some("invoke_workflow"),
            Self::Tool => Some("execute_tool"),
            Self::LlmCall => Some("chat"),
            _ => None,
        }
    }

    /// The attribute that holds the name of what they do it to.
    #[must_use]
    pub const fn name_key(self) -> Option<&'static str> {
        match self {
            Self::Agent => Some("gen_ai.agent.name"),
            Self::Workflow => Some("gen_ai.workflow.name"),
            Self::Tool => Some("gen_ai.tool.name"),
            _ => None,
        }
    }

    /// What [`Kind::as_str`] gave; `Foreign` for anything else.
    pub(crate) fn from_name(name: &str) -> Self {
        (1..=8)
            .map(Self::from_u8)
            .find(|kind| kind.as_str() == name)
            .unwrap_or(Self::Foreign)
    }

    pub(crate) const fn from_u8(value: u8) -> Self {
        match value {
            1 => Self::Session,
            2 => Self::Agent,
            3 => Self::Workflow,
            4 => Self::Task,
            5 => Self::Operation,
            6 => Self::Tool,
            7 => Self::Guardrail,
            8 => Self::LlmCall,
            _ => Self::Foreign,
        }
    }
}

/// An attribute value that is known at compile time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StaticValue {
    /// Text.
    Str(&'static str),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A truth value.
    Bool(bool),
}

/// What a span is to other spans, as OpenTelemetry has it and numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum SpanKind {
    /// Work within the program.
    Internal = 1,
    /// The answer to a request from elsewhere.
    Server = 2,
    /// A request to elsewhere.
    Client = 3,
    /// A message that is sent.
    Producer = 4,
    /// A message that is received.
    Consumer = 5,
}

impl SpanKind {
    pub(crate) const fn from_u8(value: u8) -> Option<Self> {
        Some(match value {
            1 => Self::Internal,
            2 => Self::Server,
            3 => Self::Client,
            4 => Self::Producer,
            5 => Self::Consumer,
            _ => return None,
        })
    }
}

/// What the status of a span is whose future was dropped before completion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum OnCancel {
    /// An error, `cancelled`.
    #[default]
    Error = 0,
    /// A success.
    Ok = 1,
    /// What the program set, or none.
    Unset = 2,
}

impl OnCancel {
    pub(crate) const fn from_u8(value: u8) -> Self {
        match value {
            1 => Self::Ok,
            2 => Self::Unset,
            _ => Self::Error,
        }
    }
}

/// An annotated function.
#[derive(Debug)]
pub struct Site {
    pub(crate) kind: Kind,
    pub(crate) name: Option<&'static str>,
    pub(crate) function: &'static str,
    pub(crate) module: &'static str,
    pub(crate) file: &'static str,
    pub(crate) line: u32,
    pub(crate) statics: &'static [(&'static str, StaticValue)],
    pub(crate) keys: &'static [&'static str],
    /// How many of the last keys are dimensions of metrics.
    pub(crate) dimension_count: usize,
    pub(crate) span_kind: Option<SpanKind>,
    pub(crate) on_cancel: OnCancel,
    /// Whether its calls feed metrics, if those of its kind do.
    pub(crate) is_measured: bool,
    /// Whether nothing of ours runs within it.
    is_leaf: bool,
    /// Whether more is said of its spans than fields.
    is_described: bool,
    /// 0 until registered.
    pub(crate) id: AtomicU32,
}

impl Site {
    /// Describes an annotated function.
    #[must_use]
    pub const fn new(
        kind: Kind,
        function: &'static str,
        module: &'static str,
        file: &'static str,
        line: u32,
    ) -> Self {
        Self {
            kind,
            name: None,
            function,
            module,
            file,
            line,
            statics: &[],
            keys: &[],
            dimension_count: 0,
            span_kind: None,
            on_cancel: OnCancel::Error,
            is_measured: true,
            is_leaf: false,
            is_described: false,
            id: AtomicU32::new(0),
        }
    }

    /// Names what it does, or its spans where no operation stands before the name; else both
    /// have the function's name, and an LLM call one that is made of attributes.
    #[must_use]
    pub const fn named(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    /// Says which attributes all of its spans have.
    #[must_use]
    pub const fn with(mut self, statics: &'static [(&'static str, StaticValue)]) -> Self {
        self.statics = statics;
        self
    }

    /// Names its recorded fields, in order.
    #[must_use]
    pub const fn keys(mut self, keys: &'static [&'static str]) -> Self {
        self.keys = keys;
        self
    }

    /// Says that the last `count` of its fields are dimensions of metrics.
    #[must_use]
    pub const fn dimensions(mut self, count: usize) -> Self {
        self.dimension_count = count;
        self
    }

    /// Says what its spans are to other spans; else that follows from its kind.
    #[must_use]
    pub const fn span_kind(mut self, span_kind: SpanKind) -> Self {
        self.span_kind = Some(span_kind);
        self
    }

    /// Says what becomes of the status where its future is dropped before completion.
    #[must_use]
    pub const fn on_cancel(mut self, on_cancel: OnCancel) -> Self {
        self.on_cancel = on_cancel;
        self
    }

    /// Says that its calls feed no metrics.
    #[must_use]
    pub const fn unmeasured(mut self) -> Self {
        self.is_measured = false;
        self
    }

    /// Says that no other span begins within it, so that its span may be one record.
    #[must_use]
    pub const fn leaf(mut self) -> Self {
        self.is_leaf = true;
        self
    }

    /// Says that more is said of its spans than fields: where they hang, what is below them, or
    /// whether there are any.
    #[must_use]
    pub const fn described(mut self) -> Self {
        self.is_described = true;
        self
    }

    /// Whether more is said of its spans than fields.
    #[inline]
    #[must_use]
    pub const fn is_described(&self) -> bool {
        self.is_described
    }

    /// Whether no other span begins within it.
    #[inline]
    #[must_use]
    pub const fn is_leaf(&self) -> bool {
        self.is_leaf
    }

    /// Whether its calls feed metrics, if those of its kind do.
    #[inline]
    #[must_use]
    pub const fn is_measured(&self) -> bool {
        self.is_measured
    }

    /// What the function is to the agent.
    #[inline]
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What its spans are to other spans.
    #[inline]
    #[must_use]
    pub const fn kind_of_spans(&self) -> SpanKind {
        match (self.span_kind, self.kind) {
            (Some(span_kind), _) => span_kind,
            (None, Kind::LlmCall) => SpanKind::Client,
            (None, _) => SpanKind::Internal,
        }
    }

    /// The span name as far as it is known before the call: `execute_tool search`.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        let name = self.name.unwrap_or(self.function);
        match self
            .kind
            .operation()
            .filter(|_| self.kind.name_key().is_some())
        {
            Some(operation) if !name.is_empty() => Cow::Owned(format!("{operation} {name}")),
            _ => Cow::Borrowed(name),
        }
    }

    /// The attributes that all of its spans have.
    #[must_use]
    pub const fn statics(&self) -> &'static [(&'static str, StaticValue)] {
        self.statics
    }

    /// Whether all of its spans have this attribute.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.statics.iter().any(|(known, _)| *known == key)
    }

    /// The name of recorded field `index`.
    #[must_use]
    pub fn key(&self, index: u16) -> Option<&'static str> {
        self.keys.get(usize::from(index)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_a_leaf_only_if_it_says_so() {
        static STEP: Site = Site::new(Kind::Tool, "step", "", "", 1);
        static LEAF: Site = Site::new(Kind::Tool, "leaf", "", "", 2).leaf();
        assert!(!STEP.is_leaf() && LEAF.is_leaf());
        assert_eq!(
            (LEAF.kind(), LEAF.name()),
            (Kind::Tool, "execute_tool leaf".into())
        );
    }
}
