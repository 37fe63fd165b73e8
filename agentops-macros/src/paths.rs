//! Every name outside the function that an expansion may use.
//!
//! All of them are absolute, so that neither a shadowed prelude nor a missing one
//! nor an item of the user can get in between.

use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Path;

/// Makes a type that knows the paths below one root, each made when it is asked for.
macro_rules! paths {
    ($(#[$about:meta])* $table:ident { $($(#[$doc:meta])* $name:ident: $path:literal,)* }) => {
        $(#[$about])*
        pub(crate) struct $table {
            root: Vec<TokenTree>,
        }

        impl $table {
            $(
                $(#[$doc])*
                pub(crate) fn $name(&self) -> Name<'_> {
                    let root = &self.root;
                    Name { root, below: $path }
                }
            )*
        }
    };
}

paths! {
    /// The names in `agentops::__private`.
    Runtime {
        /// Starts a span that ends with the block at the latest.
        begin: "begin",
        /// The same, where options say more of it.
        begin_with: "begin_with",
        /// Starts the span of a scope, where options say more of it.
        start_with: "start_with",
        /// Starts the span of a coroutine.
        start_future: "start_future",
        /// The same, where options say more of it.
        start_future_with: "start_future_with",
        /// A scope that is not started.
        scope: "scope",
        /// Leaves a scope to hand its span on.
        left: "left",
        /// Runs a closure once.
        call: "call",
        /// Runs a coroutine in the scope it starts.
        future: "future",
        /// The same, where its value may take the span along.
        future_with: "future_with",
        /// Captures arguments.
        arguments: "arguments",
        /// Captures arguments to which others come.
        begin_arguments: "begin_arguments",
        /// Adds those.
        end_arguments: "end_arguments",
        /// Adds one of them.
        add_argument: "add_argument",
        /// Reads a value through `Debug`.
        debug_of: "debug_of",
        /// Reads a value through `Display`.
        display_of: "display_of",
        /// Stands for arguments that are not captured.
        no_arguments: "no_arguments",
        /// Asks whether arguments may be recorded.
        wants_arguments: "wants_arguments",
        /// Asks a value for its content.
        content_of: "content_of",
        /// Takes a condition.
        condition: "condition",
        /// Hangs the span below another.
        parent: "parent",
        /// Begins a trace.
        cut: "root",
        /// Refers to other spans.
        links: "links",
        /// Reads a model's request.
        request: "request",
        /// Says what a model is told.
        prompt: "prompt",
        /// Joins the trace that a request came with.
        extract: "extract",
        /// Sets the session's id.
        session_id: "session_id",
        /// Sets the user's id.
        user: "user",
        /// Sets the labels.
        tags: "tags",
        /// Adds a baggage member.
        baggage: "baggage",
        /// Completes a start record.
        record: "record",
        /// A dimension of metrics.
        dimensioned: "Dimensioned",
        /// `?expr`.
        debugged: "Debugged",
        /// `%expr`.
        displayed: "Displayed",
        /// The static part of a call site.
        site: "Site",
        /// What kind of span a site makes.
        kind: "Kind",
        /// What a span is to others.
        span_kind: "SpanKind",
        /// What a cancellation is.
        on_cancel: "OnCancel",
        /// A value known at compile time.
        static_value: "StaticValue",
        /// Asks a value for its outcome.
        probe: "probe",
        /// Asks a value for its content and outcome.
        returned: "returned",
        /// Yields the outcome of a value alone.
        outcome: "outcome",
        /// Ends a span with what its value tells.
        conclude: "conclude",
        /// The same, by a closure that looks at the value.
        conclude_with: "conclude_with",
        /// Reads what is recorded of a value.
        read: "read",
        /// Says what is recorded in place of a value.
        say: "say",
        /// Says that nothing is.
        say_nothing: "say_nothing",
        /// Records the `Debug` form of a value.
        say_debug: "say_debug",
        /// Records its `Display` form.
        say_display: "say_display",
        /// Records its JSON.
        say_json: "say_json",
        /// Records an attribute of a value.
        say_field: "say_field",
        /// Says an error in other words.
        error_words: "error_words",
        /// Says an error in its `Debug` form.
        error_debug: "error_debug",
        /// Says an error in its `Display` form.
        error_display: "error_display",
        /// Says what sort an error is of.
        error_type: "error_type",
        /// Says which values are successes.
        ok_if: "ok_if",
        /// Says which values are errors.
        err_if: "err_if",
        /// Says how a session ended.
        end_state: "end_state",
        /// Finds a model's answer in a value.
        response: "response",
        /// Finds the tokens in a value.
        usage: "usage",
        /// Says whether a guardrail caught something.
        triggered: "triggered",
        /// Says what a model said.
        completion: "completion",
        /// Delivers at the end of a function.
        flushing: "flushing",
        /// Delivers at the end of a future.
        flushed: "flushed",
        /// The same, for a future in a box.
        flushed_box: "flushed_box",
        /// Says what a value tells.
        look: "look",
        /// Says nothing of a value.
        look_away: "look_away",
        /// Asks a value whether it is a stream.
        streaming: "streaming",
        /// Hands a span to an `impl Future`.
        opaque_future: "opaque_future",
        /// Hands a span to an `impl Stream`.
        opaque_stream: "opaque_stream",
        /// Hands a span to a `Result<impl Stream, E>`.
        opaque_stream_result: "opaque_stream_result",
        /// Tells the type checker a type.
        value_of: "value_of",
        /// Returns its argument.
        keep: "keep",
        /// True, unknown to the compiler's reachability check.
        yes: "yes",
        /// Never reached.
        never: "never",
    }
}

paths! {
    /// The names in `core`.
    Core {
        /// The `Future` trait.
        future: "future::Future",
        /// The `Some` variant.
        some: "option::Option::Some",
        /// The `None` variant.
        none: "option::Option::None",
        /// A type without values.
        infallible: "convert::Infallible",
        /// The macro `module_path!`.
        module_path: "module_path",
        /// The macro `file!`.
        file: "file",
        /// The macro `line!`.
        line: "line",
    }
}

/// A name below a root, as tokens.
#[derive(Clone, Copy)]
pub(crate) struct Name<'a> {
    root: &'a [TokenTree],
    below: &'static str,
}

impl ToTokens for Name<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.root.iter().cloned());
        tokens.extend(names(self.below));
    }
}

impl Runtime {
    /// The names below the given re-export, or below `::agentops`.
    pub(crate) fn new(root: Option<&Path>) -> Self {
        let root = below(root).chain(names("__private"));
        Self {
            root: root.collect(),
        }
    }
}

impl Core {
    /// The names below `::core`.
    pub(crate) fn new() -> Self {
        Self {
            root: names("core").collect(),
        }
    }
}

/// The macro that imports options for an editor.
pub(crate) fn complete(root: Option<&Path>) -> TokenStream {
    below(root)
        .chain(names("__private::complete_options"))
        .collect()
}

fn below(root: Option<&Path>) -> impl Iterator<Item = TokenTree> {
    let root = root.map(ToTokens::to_token_stream);
    let default = root.is_none().then(|| names("agentops"));
    let given = root.into_iter().flatten();
    given.chain(default.into_iter().flatten())
}

/// Names with `::` before each.
fn names(path: &'static str) -> impl Iterator<Item = TokenTree> {
    path.split("::").flat_map(|name| {
        let colon = |spacing| {
            let mut colon = Punct::new(':', spacing);
            colon.set_span(Span::mixed_site());
            TokenTree::Punct(colon)
        };
        let name = Ident::new(name, Span::mixed_site());
        [
            colon(Spacing::Joint),
            colon(Spacing::Alone),
            TokenTree::Ident(name),
        ]
    })
}
