//! Call sites: what is known about an annotated function before it runs.
//!
//! A [`Site`] is a static that the macros place at each annotated function. Its
//! first use registers it (`registry`).

use std::sync::atomic::AtomicU32;

/// What an annotated function is to the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A span that OpenTelemetry code of others made.
    Foreign = 0,
    /// One run of the agent.
    Session = 1,
    /// An agent.
    Agent = 2,
    /// A workflow.
    Workflow = 3,
    /// A task of a workflow.
    Task = 4,
    /// Any step worth a span.
    Operation = 5,
    /// A tool that the model may call.
    Tool = 6,
    /// A check of input or output.
    Guardrail = 7,
    /// A request to a language model.
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
    /// 0 until registered.
    pub(crate) id: AtomicU32,
}

impl Site {
    /// Describes an annotated function; `keys` are the names of its recorded fields, in order.
    #[must_use]
    #[expect(clippy::too_many_arguments, reason = "called by generated code only")]
    pub const fn new(
        kind: Kind,
        name: Option<&'static str>,
        function: &'static str,
        module: &'static str,
        file: &'static str,
        line: u32,
        statics: &'static [(&'static str, StaticValue)],
        keys: &'static [&'static str],
    ) -> Self {
        Self {
            kind,
            name,
            function,
            module,
            file,
            line,
            statics,
            keys,
            id: AtomicU32::new(0),
        }
    }

    /// What the function is to the agent.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The span name as far as it is known before the call.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name.unwrap_or(self.function)
    }

    /// The name of recorded field `index`.
    #[must_use]
    pub fn key(&self, index: u16) -> Option<&'static str> {
        self.keys.get(usize::from(index)).copied()
    }
}
