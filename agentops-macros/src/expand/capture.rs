//! Print what captures the arguments before they are bound again.

use proc_macro2::TokenStream;
use quote::quote;

use crate::arguments::Argument;
use crate::expand::local::local;
use crate::model::Model;

/// `let arguments = ..;`, or nothing where none is captured.
///
/// It reads the outer names, so that lints on the user's own still see only the
/// user's own uses.
pub(crate) fn captured(model: &Model) -> Option<TokenStream> {
    let all = &model.body.arguments;
    let written: Vec<_> = all.iter().filter_map(|each| entry(model, each)).collect();
    if written.is_empty() {
        return None;
    }
    let collect = &model.runtime.arguments;
    let (arguments, writer) = (local("arguments"), local("writer"));
    let mentioned = all.iter().filter(|_| model.body.mentioned).map(mention);
    Some(quote! {
        #(#mentioned)*
        let #arguments = #collect(|#writer| { #(#written)* });
    })
}

/// Names an argument and does nothing with it.
fn mention(argument: &Argument) -> TokenStream {
    let Argument { cfgs, name, .. } = argument;
    quote!(#(#cfgs)* let _ = &#name;)
}

/// The captured arguments as a value.
pub(crate) fn arguments(model: &Model) -> TokenStream {
    if !model.body.arguments.iter().any(Argument::is_captured) {
        let none = &model.runtime.no_arguments;
        return quote!(#none());
    }
    let arguments = local("arguments");
    quote!(#arguments)
}

/// Finds the form of an argument by autoref, without bounds on its type.
///
/// The glob would hide an argument of the same name, hence the local outside of it.
fn entry(model: &Model, argument: &Argument) -> Option<TokenStream> {
    let Argument { cfgs, name, key } = argument;
    let key = key.as_ref()?;
    let (all, probe) = (&model.runtime.all, &model.runtime.argument_probe);
    let write = &model.runtime.argument;
    let (writer, value) = (local("writer"), local("argument"));
    Some(quote! {
        #(#cfgs)*
        {
            let #value = &#name;
            #write(#writer, #key, {
                use #all::*;
                (&&&#probe(#value)).__agentops_content()
            });
        }
    })
}
