//! Every name outside the function that an expansion may use.
//!
//! All of them are absolute, so that neither a shadowed prelude nor a missing one
//! nor an item of the user can get in between.

use proc_macro2::{Ident, Span};
use syn::punctuated::Punctuated;
use syn::{Path, PathSegment, Token};

/// Makes a struct of paths below one root.
macro_rules! paths {
    ($(#[$about:meta])* $table:ident { $($(#[$doc:meta])* $field:ident: $name:literal,)* }) => {
        $(#[$about])*
        pub(crate) struct $table {
            $($(#[$doc])* pub(crate) $field: Path,)*
        }

        impl $table {
            fn below(root: &Path) -> Self {
                Self { $($field: join(root, $name),)* }
            }
        }
    };
}

paths! {
    /// The names in `agentops::__private`.
    Runtime {
        /// The module itself, for its traits.
        all: "",
        /// Starts the span of a closure.
        start: "start",
        /// Starts the span of a coroutine.
        start_future: "start_future",
        /// Starts a span that ends with the block.
        guard: "guard",
        /// A scope that is not started.
        scope: "scope",
        /// Ends a scope with a value, and yields it.
        finish: "finish",
        /// Runs a closure once.
        call: "call",
        /// Runs a coroutine in the scope it starts.
        future: "future",
        /// Captures arguments.
        arguments: "arguments",
        /// Captures one argument.
        argument: "argument",
        /// Stands for arguments that are not captured.
        no_arguments: "no_arguments",
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
        /// `?expr`.
        debugged: "Debugged",
        /// `%expr`.
        displayed: "Displayed",
        /// The static part of a call site.
        site: "Site",
        /// What kind of span a site makes.
        kind: "Kind",
        /// A value known at compile time.
        static_value: "StaticValue",
        /// Wraps an argument to find what can be captured of it.
        argument_probe: "Argument",
        /// Wraps a value to find its outcome.
        probe: "Probe",
        /// Wraps a value to find what can be captured of it.
        returned: "Returned",
        /// Wraps a value to find whether it is a stream.
        streaming: "Streaming",
        /// Hands a span to an `impl Future`.
        opaque_future: "opaque_future",
        /// Hands a span to an `impl Stream`.
        opaque_stream: "opaque_stream",
        /// Hands a span to a `Result<impl Stream, E>`.
        opaque_stream_result: "opaque_stream_result",
        /// Ends the span of a future that never yields.
        conclude_never: "conclude_never",
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

impl Runtime {
    /// The names below the given re-export, or below `::agentops`.
    pub(crate) fn new(root: Option<Path>) -> Self {
        let root = root.unwrap_or_else(|| global("agentops"));
        Self::below(&join(&root, "__private"))
    }
}

impl Core {
    /// The names below `::core`.
    pub(crate) fn new() -> Self {
        Self::below(&global("core"))
    }
}

/// The macro that imports options for an editor.
pub(crate) fn complete(root: Option<&Path>) -> Path {
    let name = "__private::complete_options";
    match root {
        Some(root) => join(root, name),
        None => join(&global("agentops"), name),
    }
}

fn global(name: &str) -> Path {
    let empty = Path {
        leading_colon: Some(Token![::](Span::mixed_site())),
        segments: Punctuated::new(),
    };
    join(&empty, name)
}

fn join(root: &Path, names: &str) -> Path {
    let mut path = root.clone();
    for name in names.split("::").filter(|name| !name.is_empty()) {
        let segment = PathSegment::from(Ident::new(name, Span::mixed_site()));
        if !path.segments.empty_or_trailing() {
            path.segments.push_punct(Token![::](Span::mixed_site()));
        }
        path.segments.push_value(segment);
    }
    path
}
