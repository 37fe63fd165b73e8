//! What an attribute asks for, checked and free of syntax.

use syn::{Expr, Path};

/// The options of one attribute after all checks.
pub(crate) struct Settings {
    /// What the span is called.
    pub(crate) name: Name,
    /// Attributes whose value is known at compile time.
    pub(crate) statics: Vec<Static>,
    /// Attributes computed from the arguments, in the order given.
    pub(crate) fields: Vec<Field>,
    /// Values for callees and outgoing requests.
    pub(crate) baggage: Vec<Baggage>,
    /// The `session.id`.
    pub(crate) session_id: Option<Expr>,
    /// Where the runtime is re-exported.
    pub(crate) root: Option<Path>,
}

/// What a span is called.
#[derive(Clone)]
pub(crate) enum Name {
    /// The name the user gave.
    Given(String),
    /// The function's name.
    Function,
    /// Put together by the runtime, from the model for instance.
    Composed,
}

/// An attribute whose value is known at compile time.
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
