//! Print what captures the arguments before they are bound again.
//!
//! It reads the outer names, so that lints on the user's own still see only the
//! user's own uses.

use proc_macro2::TokenStream;
use quote::quote;

use crate::arguments::Argument;
use crate::expand::local::local;
use crate::model::Model;

/// Names all arguments in order, where capturing some would name them in another.
pub(crate) fn mentions(model: &Model) -> TokenStream {
    let all = model.body.arguments.iter();
    let mentioned = all.filter(|_| model.body.mentioned).map(|argument| {
        let Argument { cfgs, name, .. } = argument;
        quote!(#(#cfgs)* let _ = &#name;)
    });
    mentioned.collect()
}

/// `let arguments = ..;` for a span that starts later, or nothing where none is captured.
pub(crate) fn captured(model: &Model) -> Option<TokenStream> {
    if !is_captured(model) {
        return None;
    }
    let collect = model.runtime.arguments();
    let (arguments, list) = (local("arguments"), list(model));
    Some(quote!(let #arguments = #collect(#list);))
}

/// What [`captured`] bound.
pub(crate) fn arguments(model: &Model) -> TokenStream {
    if !is_captured(model) {
        let none = model.runtime.no_arguments();
        return quote!(#none());
    }
    let arguments = local("arguments");
    quote!(#arguments)
}

/// `&[(name, content), ..]` of the arguments that are captured.
pub(crate) fn list(model: &Model) -> TokenStream {
    let entries = model.body.arguments.iter();
    let entries = entries.filter_map(|each| entry(model, each));
    quote!(&[#(#entries),*])
}

fn is_captured(model: &Model) -> bool {
    model.body.arguments.iter().any(Argument::is_captured)
}

/// Finds the form of an argument, without bounds on its type.
fn entry(model: &Model, argument: &Argument) -> Option<TokenStream> {
    let Argument { cfgs, name, key } = argument;
    let key = key.as_ref()?;
    let content_of = model.runtime.content_of();
    Some(quote!(#(#cfgs)* (#key, #content_of(&#name).__agentops_content())))
}
