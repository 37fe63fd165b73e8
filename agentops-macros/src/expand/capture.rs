//! Print what captures the arguments before they are bound again.

use proc_macro2::TokenStream;
use quote::quote;

use crate::arguments::{Capture, Mention};
use crate::expand::local::local;
use crate::model::Model;

/// `let arguments = ..;`, or nothing where none is captured.
///
/// It reads the outer names, so that lints on the user's own still see only the
/// user's own uses.
pub(crate) fn captured(model: &Model) -> Option<TokenStream> {
    if model.body.captures.is_empty() {
        return None;
    }
    let collect = &model.runtime.arguments;
    let (arguments, writer) = (local("arguments"), local("writer"));
    let written = model.body.captures.iter().map(|each| argument(model, each));
    let mentioned = model.body.mentions.iter().map(mention);
    Some(quote! {
        #(#mentioned)*
        let #arguments = #collect(|#writer| { #(#written)* });
    })
}

/// Names an argument and does nothing with it.
fn mention(mention: &Mention) -> TokenStream {
    let Mention { cfgs, name } = mention;
    quote!(#(#cfgs)* let _ = &#name;)
}

/// The captured arguments as a value.
pub(crate) fn arguments(model: &Model) -> TokenStream {
    if model.body.captures.is_empty() {
        let none = &model.runtime.no_arguments;
        return quote!(#none());
    }
    let arguments = local("arguments");
    quote!(#arguments)
}

/// Finds the form of an argument by autoref, without bounds on its type.
///
/// The glob would hide an argument of the same name, hence the local outside of it.
fn argument(model: &Model, capture: &Capture) -> TokenStream {
    let Capture { cfgs, key, name } = capture;
    let (all, probe) = (&model.runtime.all, &model.runtime.argument_probe);
    let write = &model.runtime.argument;
    let (writer, value) = (local("writer"), local("argument"));
    quote! {
        #(#cfgs)*
        {
            let #value = &#name;
            #write(#writer, #key, {
                use #all::*;
                (&&&#probe(#value)).__agentops_content()
            });
        }
    }
}
