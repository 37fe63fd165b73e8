//! What the methods of a block are called where none of them has its own name.

use syn::Ident;
use syn::ext::IdentExt;

/// How the methods of a block are named, by the attribute on it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Title {
    /// By the type: all are the work of one agent.
    Type,
    /// By type and method: each is a tool of its own.
    Method,
    /// Not at all: the runtime composes names from what is called.
    Composed,
}

impl Title {
    /// The one of an attribute that may stand on a block.
    pub(crate) fn of(attribute: &str) -> Option<Self> {
        match attribute {
            "agent" => Some(Self::Type),
            "tool" => Some(Self::Method),
            "llm_call" => Some(Self::Composed),
            _ => None,
        }
    }

    /// The name for this method of this type, if any.
    pub(crate) fn name(self, owner: &str, method: &Ident) -> Option<String> {
        match self {
            Self::Type => Some(owner.to_owned()),
            Self::Method => Some(format!("{owner}::{}", method.unraw())),
            Self::Composed => None,
        }
    }
}
