//! Everything an expansion needs, decided: `expand` only prints it.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, ReturnType, Signature, Token, Visibility};

use crate::arguments::{self, Argument, Rebind};
use crate::builtin;
use crate::capture::{Captures, Computed};
use crate::item::Function;
use crate::paths::{Core, Runtime};
use crate::return_type::{Returned, Values};
use crate::settings::{self, Baggage, Field, Settings, Static, Text, Told};

/// Words that begin an item inside a body.
const ITEM_WORDS: &[&str] = &[
    "const",
    "enum",
    "extern",
    "fn",
    "impl",
    "macro_rules",
    "mod",
    "static",
    "struct",
    "trait",
    "type",
    "union",
    "use",
];

/// The kind of span whose value may tell of a model's answer.
const LLM_CALL: &str = "LlmCall";

/// One function about to be instrumented.
pub(crate) struct Model {
    /// The runtime's names.
    pub(crate) runtime: Runtime,
    /// The names of `core`.
    pub(crate) core: Core,
    /// The static part of the call site.
    pub(crate) site: Site,
    /// What is computed when a span starts.
    pub(crate) start: Start,
    /// Everything in front of the body.
    pub(crate) head: Head,
    /// The declared return type.
    pub(crate) returned: Returned,
    /// What options say of the value.
    pub(crate) told: Vec<Told>,
    /// Whether what was recorded is delivered at the end.
    pub(crate) flush: bool,
    /// Whether what is returned is kept as content.
    pub(crate) kept: bool,
    /// Whether more is asked of what is returned than whether it is an error.
    pub(crate) looks_inside: bool,
    /// The user's body.
    pub(crate) body: Body,
    /// How the body is wrapped.
    pub(crate) shape: Shape,
}

/// The static part of a call site.
pub(crate) struct Site {
    /// Variant of the runtime's `Kind`.
    pub(crate) kind: &'static str,
    /// The name that was given.
    pub(crate) name: Option<Text>,
    /// The function's name.
    pub(crate) function: String,
    /// Where the function's name stands.
    pub(crate) place: Span,
    /// Attributes known at compile time.
    pub(crate) statics: Vec<Static>,
    /// What its spans are to others: a variant of the runtime's `SpanKind`.
    pub(crate) span_kind: Option<&'static str>,
    /// What a cancellation is: a variant of the runtime's `OnCancel`.
    pub(crate) on_cancel: Option<&'static str>,
    /// Whether its calls feed metrics.
    pub(crate) measured: bool,
    /// Whether its spans are never current.
    pub(crate) leaf: bool,
}

/// What is computed when a span starts.
pub(crate) struct Start {
    /// What options say of where it hangs and what it is about.
    pub(crate) said: settings::Start,
    /// Labels of the span.
    pub(crate) tags: Vec<String>,
    /// Values for callees and outgoing requests.
    pub(crate) baggage: Vec<Baggage>,
    /// Attributes, whose keys the site holds in the same order.
    pub(crate) fields: Vec<Field>,
    /// Dimensions of metrics, whose keys follow.
    pub(crate) dimensions: Vec<Field>,
    /// What is captured once the arguments are bound.
    pub(crate) computed: Vec<Computed>,
}

/// Everything in front of the body.
pub(crate) struct Head {
    /// Attributes and doc comments.
    pub(crate) attributes: Vec<Attribute>,
    /// The visibility.
    pub(crate) visibility: Visibility,
    /// `default` of a specialisable method.
    pub(crate) defaultness: Option<Token![default]>,
    /// The signature, arguments renamed where the shape asks for it.
    pub(crate) signature: Signature,
}

/// The user's body.
pub(crate) struct Body {
    /// Attributes at its beginning.
    pub(crate) attributes: Vec<Attribute>,
    /// All arguments in order; empty in the guard shape.
    pub(crate) arguments: Vec<Argument>,
    /// Whether they are named in order before some of them are captured.
    pub(crate) mentioned: bool,
    /// Binds the arguments again; empty in the guard shape.
    pub(crate) rebinds: Vec<Rebind>,
    /// The statements.
    pub(crate) statements: TokenStream,
    /// The braces, whose span ours must have.
    pub(crate) braces: Span,
    /// Whether the statements stay in a block of their own, braces included.
    pub(crate) nested: bool,
}

/// How a body is wrapped.
pub(crate) enum Shape {
    /// `let guard = guard(..);` in front of the untouched body.
    Guard,
    /// The body in a block of the function, where captured arguments are bound again.
    Scoped,
    /// The body in a block of the function, then the outcome is read from what it ends with.
    Inline {
        /// Whether its type is written, which an `impl Trait` in it forbids.
        typed: bool,
    },
    /// `call(move || -> R { .. })`, then the outcome is read from the value.
    Closure {
        /// Whether `R` is written, which an `impl Trait` in it forbids.
        typed: bool,
    },
    /// `fn -> impl Future` around one coroutine.
    Future {
        /// Where errors about the future belong.
        place: Span,
    },
    /// The same in an `async fn`, for macros and runtimes that need the keyword.
    Awaited,
    /// `async fn -> !`, whose type a coroutine cannot have.
    Diverging,
}

/// Where an attribute stands among those of ours on one function.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Place {
    /// What it prints is what the compiler gets.
    Outermost,
    /// Another one wraps what it prints.
    Within,
}

impl Model {
    /// Decides all that is left to decide about a function that may be instrumented.
    pub(crate) fn new(
        kind: &'static str,
        settings: Settings,
        function: Function,
        captures: Captures,
        place: Place,
    ) -> Self {
        let Function {
            outer,
            inner,
            visibility,
            defaultness,
            mut signature,
            body,
        } = function;
        let another_macro = place == Place::Within || builtin::has_macro(&outer);
        let returned = Returned::new(&signature.output);
        let mut shape = shape(&mut signature, &returned, another_macro, &outer, &inner);
        if matches!(shape, Shape::Guard) && !captures.is_empty() {
            shape = Shape::Scoped;
        }
        let (arguments, mut rebinds) = match shape {
            Shape::Guard => (Vec::new(), Vec::new()),
            _ => arguments::rebind(&mut signature, &captures, another_macro),
        };
        if matches!(shape, Shape::Scoped | Shape::Inline { .. }) {
            // Nothing is moved into a block, so lints may go on looking at `self`.
            rebinds.retain(|rebind| !matches!(rebind, Rebind::Receiver { .. }));
        }
        Self {
            core: Core::new(),
            kept: settings.content.kept && returned.values != Values::Unit,
            looks_inside: settings.content.kept || kind == LLM_CALL,
            site: Site::new(kind, &settings, &signature),
            runtime: Runtime::new(settings.root.as_ref()),
            told: settings.value.told,
            flush: settings.flush,
            start: Start {
                said: settings.start,
                tags: settings.tags,
                baggage: settings.baggage,
                fields: settings.fields,
                dimensions: settings.dimensions,
                computed: captures.computed,
            },
            head: Head {
                attributes: outer,
                visibility,
                defaultness,
                signature,
            },
            body: Body::new(inner, arguments, rebinds, &body, &shape),
            returned,
            shape,
        }
    }
}

impl Start {
    /// Whether more is said of spans than fields and arguments.
    pub(crate) fn is_described(&self) -> bool {
        let settings::Start {
            condition,
            parent,
            root,
            extract,
            session_id,
            user,
            links,
            request,
            prompt,
        } = &self.said;
        let said = [
            condition, parent, extract, session_id, user, links, request, prompt,
        ];
        *root
            || said.into_iter().any(Option::is_some)
            || !self.tags.is_empty()
            || !self.baggage.is_empty()
    }
}

impl Site {
    fn new(kind: &'static str, settings: &Settings, signature: &Signature) -> Self {
        let function = signature.ident.unraw().to_string();
        Self {
            kind,
            name: settings.name.clone(),
            function,
            place: signature.ident.span(),
            statics: settings.statics.clone(),
            span_kind: settings.span_kind,
            on_cancel: settings.on_cancel,
            measured: settings.measured,
            leaf: settings.leaf,
        }
    }
}

impl Body {
    fn new(
        attributes: Vec<Attribute>,
        arguments: Vec<Argument>,
        rebinds: Vec<Rebind>,
        body: &Group,
        shape: &Shape,
    ) -> Self {
        let statements = body.stream();
        // Items could shadow what the option expressions or the return type name.
        // Any other block is ours and has the tail rule of edition 2024, by
        // which temporaries die before the arguments; statements keep the rule of
        // the user's edition by keeping their block. A lone expression has no
        // locals, so it needs no block, and `unused_braces` would not like one.
        let nested = match shape {
            Shape::Guard => has_items(&statements),
            _ => has_items(&statements) || has_semicolon(&statements),
        };
        Self {
            attributes,
            mentioned: mentioned(&arguments, shape),
            arguments,
            rebinds,
            nested,
            statements,
            braces: body.span(),
        }
    }
}

fn shape(
    signature: &mut Signature,
    returned: &Returned,
    another_macro: bool,
    outer: &[Attribute],
    inner: &[Attribute],
) -> Shape {
    let has = |name| {
        let mut all = outer.iter().chain(inner);
        all.any(|attribute| attribute.path().is_ident(name))
    };
    let values = returned.values;
    match (&signature.asyncness, values) {
        (None, Values::Unit | Values::Never) => Shape::Guard,
        // What closures take is inferred from the function's return type alone.
        (None, _) if returned.is_closure => Shape::Guard,
        (None, _) if has("track_caller") => Shape::Inline {
            typed: values == Values::Plain,
        },
        (None, Values::Opaque) => Shape::Closure { typed: false },
        (None, Values::Plain) => Shape::Closure { typed: true },
        (Some(_), Values::Never) => Shape::Diverging,
        // What must be used is what an `async fn` gives, not the future that it returns.
        (Some(_), _) if has("must_use") => Shape::Awaited,
        (Some(_), _) if another_macro || signature.ident == "main" => Shape::Awaited,
        (Some(asyncness), _) => {
            signature.fn_token.span = asyncness.span;
            signature.asyncness = None;
            let place = match &signature.output {
                ReturnType::Default => signature.ident.span(),
                ReturnType::Type(_, declared) => declared.span(),
            };
            Shape::Future { place }
        }
    }
}

/// Whether capturing some of the arguments would name them in another order.
///
/// A coroutine that is dropped before its first poll drops its arguments in the order
/// in which it names them first.
fn mentioned(arguments: &[Argument], shape: &Shape) -> bool {
    let captured = arguments.iter().filter(|each| each.is_captured()).count();
    match shape {
        Shape::Future { .. } | Shape::Awaited | Shape::Diverging => {
            captured > 0 && captured < arguments.len()
        }
        Shape::Guard | Shape::Scoped | Shape::Inline { .. } | Shape::Closure { .. } => false,
    }
}

/// Whether an item seems to begin among the statements; `const { .. }` is none.
fn has_items(statements: &TokenStream) -> bool {
    let tokens = statements.clone().into_iter();
    let next = statements.clone().into_iter().skip(1);
    tokens.zip(next).any(|(token, next)| match (token, next) {
        (_, TokenTree::Group(_)) => false,
        (TokenTree::Ident(word), _) => ITEM_WORDS.contains(&word.to_string().as_str()),
        _ => false,
    })
}

fn has_semicolon(statements: &TokenStream) -> bool {
    statements.clone().into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == ';',
        _ => false,
    })
}
