//! What an attribute asks for, checked and free of syntax.

use proc_macro2::TokenStream;
use syn::{Expr, Path};

/// The attribute that says what kind of work a span is.
pub(crate) const OPERATION_NAME: &str = "gen_ai.operation.name";

/// The options of one attribute after all checks.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own, and any may be set with any"
)]
pub(crate) struct Settings {
    /// The name the user gave.
    pub(crate) name: Option<Text>,
    /// Attributes whose value is known at compile time.
    pub(crate) statics: Vec<Static>,
    /// Attributes computed from the arguments, in the order given.
    pub(crate) fields: Vec<Field>,
    /// What metrics are told apart by, besides what they are anyway.
    pub(crate) dimensions: Vec<Field>,
    /// Whether calls feed metrics.
    pub(crate) measured: bool,
    /// Values for callees and outgoing requests.
    pub(crate) baggage: Vec<Baggage>,
    /// Whether `baggage(..)` holds anything, be it sound or not.
    pub(crate) hands_on: bool,
    /// Labels of the span.
    pub(crate) tags: Vec<String>,
    /// What is computed before the span starts.
    pub(crate) start: Start,
    /// What the span is to other spans: a variant of the runtime's `SpanKind`.
    pub(crate) span_kind: Option<&'static str>,
    /// What a cancellation is: a variant of the runtime's `OnCancel`.
    pub(crate) on_cancel: Option<&'static str>,
    /// What is kept of the arguments, and whether of the value.
    pub(crate) content: Content,
    /// What is said of the value.
    pub(crate) value: Value,
    /// Whether the span is never current.
    pub(crate) leaf: bool,
    /// Whether what was recorded is delivered at the end.
    pub(crate) flush: bool,
    /// Where the runtime is re-exported.
    pub(crate) root: Option<Path>,
}

/// What is computed before a span starts.
#[derive(Default)]
pub(crate) struct Start {
    /// Whether there is a span at all.
    pub(crate) condition: Option<Expr>,
    /// What the span hangs below.
    pub(crate) parent: Option<Expr>,
    /// Whether it begins a trace.
    pub(crate) root: bool,
    /// The headers of the request that this work is part of.
    pub(crate) extract: Option<Expr>,
    /// The `session.id`.
    pub(crate) session_id: Option<Expr>,
    /// The `user.id`.
    pub(crate) user: Option<Expr>,
    /// Other spans that it refers to.
    pub(crate) links: Option<Expr>,
    /// What a model is asked.
    pub(crate) request: Option<Expr>,
    /// What a model is told.
    pub(crate) prompt: Option<Expr>,
}

/// A text that is known at compile time.
#[derive(Clone)]
pub(crate) enum Text {
    /// In words.
    Literal(String),
    /// A constant of the user's.
    Constant(Expr),
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
    pub(crate) value: StaticValue,
}

/// A value that is known at compile time.
#[derive(Clone)]
pub(crate) enum StaticValue {
    /// Text.
    Text(Text),
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
}

impl Static {
    /// An attribute that is a text.
    pub(crate) fn text(key: &'static str, text: impl Into<String>) -> Self {
        let value = StaticValue::Text(Text::Literal(text.into()));
        Self { key, value }
    }
}

/// An attribute computed when the span starts.
pub(crate) struct Field {
    /// The attribute's key.
    pub(crate) key: Text,
    /// How the value is turned into an attribute.
    pub(crate) form: Form,
    /// The user's expression.
    pub(crate) value: Expr,
}

impl Field {
    /// An attribute whose value is recorded as it is.
    pub(crate) fn plain(key: &str, value: Expr) -> Self {
        Self {
            key: Text::Literal(key.to_owned()),
            form: Form::Value,
            value,
        }
    }
}

/// How a value is turned into an attribute.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// As it is.
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

/// What a span keeps of arguments and value.
pub(crate) struct Content {
    /// Whether anything is kept.
    pub(crate) kept: bool,
    /// Names of the arguments that are not.
    pub(crate) skipped: Vec<String>,
    /// Those that are, if others are not.
    pub(crate) listed: Option<Vec<Listed>>,
    /// The option that says what of the content is kept, be that sound or not.
    pub(crate) refined: Option<&'static str>,
}

/// An argument that is kept, or what is kept in place of one.
pub(crate) struct Listed {
    /// The name of the argument, or the key of what is computed.
    pub(crate) name: String,
    /// The user's tokens of it.
    pub(crate) tokens: TokenStream,
    /// How it is turned into content.
    pub(crate) form: Form,
    /// What is computed; none for an argument itself.
    pub(crate) computed: Option<Expr>,
}

/// What is said of the value of a call.
#[derive(Default)]
pub(crate) struct Value {
    /// In the order given.
    pub(crate) told: Vec<Told>,
    /// The tokens of the first option that says something, and its name.
    pub(crate) first: Option<(&'static str, TokenStream)>,
}

/// One thing that is said of the value of a call, by a closure over it.
pub(crate) enum Told {
    /// What is kept in its place.
    Content(Expr),
    /// In which form it is kept, and the word that says so.
    ContentAs(ValueForm, TokenStream),
    /// An attribute.
    Field(Text, Expr),
    /// An error in other words.
    Error(Expr),
    /// In which form an error is recorded, and the word that says so.
    ErrorAs(ValueForm, TokenStream),
    /// What sort an error is of.
    ErrorType(Expr),
    /// What the runtime's function of this name takes from the whole value.
    Whole(WholeOption, Expr),
    /// What it takes from the value that is no error.
    Inner(InnerOption, Expr),
    /// What a model said.
    Completion(Expr),
}

/// The form in which a value or an error is recorded.
#[derive(Clone, Copy)]
pub(crate) enum ValueForm {
    /// Its `Debug` form.
    Debug,
    /// Its `Display` form.
    Display,
    /// Its JSON.
    Json,
}

/// An option whose closure judges all that is returned.
#[derive(Clone, Copy)]
pub(crate) enum WholeOption {
    /// Which values are successes.
    OkIf,
    /// Which values are errors.
    ErrIf,
    /// How a session ended.
    EndState,
}

/// An option whose closure reads what is returned if that is no error.
#[derive(Clone, Copy)]
pub(crate) enum InnerOption {
    /// The answer of a model.
    Response,
    /// The tokens that it took.
    Usage,
    /// Whether a guardrail caught something.
    Triggered,
}
