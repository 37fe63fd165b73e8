//! Print the user's body, and what stands in front of it.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::quote;

use crate::arguments::Rebind;
use crate::expand::capture;
use crate::model::{Model, Shape};

/// A block with the user's own braces, which lints and edition rules look at.
pub(crate) fn braced(model: &Model, tokens: TokenStream) -> TokenStream {
    let mut group = Group::new(Delimiter::Brace, tokens);
    group.set_span(model.body.braces);
    quote!(#group)
}

/// The user's statements, in a block of their own where items are among them.
pub(crate) fn statements(model: &Model) -> TokenStream {
    let statements = model.body.statements.clone();
    if model.body.nested {
        braced(model, statements)
    } else {
        statements
    }
}

/// How the span starts among the first statements of a body, if it does not before them.
#[derive(Default)]
pub(crate) struct Beginning {
    /// Before the arguments are bound.
    pub(crate) before: TokenStream,
    /// Once they are.
    pub(crate) after: TokenStream,
}

/// The block that runs in place of the body: types, start, arguments, statements.
///
/// Its braces are ours, so that the tail rule of edition 2024 holds in it.
pub(crate) fn wrapped(model: &Model, typed: &TokenStream, beginning: &Beginning) -> TokenStream {
    let rebinds = model.body.rebinds.iter().map(|each| rebind(model, each));
    let mentions = capture::mentions(model);
    let mut statements = statements(model);
    if is_masked(model) {
        statements = quote!(return { #statements };);
    }
    let Beginning { before, after } = beginning;
    let mut group = Group::new(
        Delimiter::Brace,
        quote!(#typed #mentions #before #(#rebinds)* #after #statements),
    );
    group.set_span(Span::mixed_site().located_at(model.body.braces));
    quote!(#group)
}

/// Whether what a coroutine ends with is a future by the words of its type, which clippy
/// takes for a slip where it stands at the end of an `async` block.
fn is_masked(model: &Model) -> bool {
    let is_coroutine = matches!(model.shape, Shape::Future { .. } | Shape::Awaited);
    is_coroutine && model.returned.future().is_some()
}

fn rebind(model: &Model, rebind: &Rebind) -> TokenStream {
    match rebind {
        Rebind::Receiver { cfgs, receiver } => quote!(#(#cfgs)* let _ = &#receiver;),
        Rebind::Moved { cfgs, name } => quote!(#(#cfgs)* let #name = #name;),
        Rebind::Pattern {
            attributes,
            pattern,
            name,
        } => quote!(#(#attributes)* let #pattern = #name;),
        Rebind::Underscored {
            attributes,
            pattern,
            name,
        } => {
            let keep = &model.runtime.keep();
            quote!(#(#attributes)* let #pattern = #keep(#name);)
        }
    }
}
