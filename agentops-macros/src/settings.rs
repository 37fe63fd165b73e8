//! What an attribute asks for, checked and free of syntax.

use syn::{Expr, Path};

/// The attribute that says what kind of work a span is.
pub(crate) const OPERATION_NAME: &str = "gen_ai.operation.name";

/// The options of one attribute after all checks.
pub(crate) struct Settings {
    /// How the span's name is made.
    pub(crate) naming: Naming,
    /// The name the user gave.
    pub(crate) name: Option<String>,
    /// Attributes whose value is known at compile time.
    pub(crate) statics: Vec<Static>,
    /// Attributes computed from the arguments, in the order given.
    pub(crate) fields: Vec<Field>,
    /// Values for callees and outgoing requests.
    pub(crate) baggage: Vec<Baggage>,
    /// Whether `baggage(..)` holds anything, be it sound or not.
    pub(crate) hands_on: bool,
    /// Labels of the span.
    pub(crate) tags: Vec<String>,
    /// The headers of the request that this work is part of.
    pub(crate) extract: Option<Expr>,
    /// The `session.id`.
    pub(crate) session_id: Option<Expr>,
    /// The `user.id`.
    pub(crate) user: Option<Expr>,
    /// What is kept of arguments and result.
    pub(crate) content: Content,
    /// Whether the span is never current.
    pub(crate) leaf: bool,
    /// Where the runtime is re-exported.
    pub(crate) root: Option<Path>,
}

/// How a span is named after `x`, which is the name given or else the function's.
#[derive(Clone, Copy)]
pub(crate) enum Naming {
    /// `x`.
    Plain,
    /// `invoke_agent x`, as the conventions for generative AI have it.
    Operation {
        /// The first word, also the [`OPERATION_NAME`].
        operation: &'static str,
        /// The attribute that holds `x`.
        key: &'static str,
    },
    /// `x` where it was given, else put together by the runtime, from the model for instance.
    Composed,
}

/// An attribute whose value is known at compile time.
#[derive(Clone)]
pub(crate) struct Static {
    /// The attribute's key.
    pub(crate) key: &'static str,
    /// Its value.
    pub(crate) value: String,
}

/// An attribute computed when the span starts.
pub(crate) struct Field {
    /// The attribute's key.
    pub(crate) key: String,
    /// How the value is turned into an attribute.
    pub(crate) form: Form,
    /// The user's expression.
    pub(crate) value: Expr,
}

impl Field {
    /// An attribute whose value is recorded as it is.
    pub(crate) fn plain(key: &str, value: Expr) -> Self {
        Self {
            key: key.to_owned(),
            form: Form::Value,
            value,
        }
    }
}

/// How a value is turned into an attribute.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// As it is: strings, numbers, booleans, options and lists of these.
    Value,
    /// Through `Debug`.
    Debug,
    /// Through `Display`.
    Display,
}

/// A value for callees and outgoing requests.
pub(crate) struct Baggage {
    /// A W3C token.
    pub(crate) key: String,
    /// The user's expression, anything `Display`.
    pub(crate) value: Expr,
}

/// What a span keeps of arguments and result.
pub(crate) struct Content {
    /// Whether anything is kept.
    pub(crate) kept: bool,
    /// Names of the arguments that are not.
    pub(crate) skipped: Vec<String>,
    /// Whether `skip(..)` holds anything, be it sound or not.
    pub(crate) skips: bool,
}
