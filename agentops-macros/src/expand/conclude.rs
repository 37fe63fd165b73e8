//! Print the closure that ends a span with the function's value.

use proc_macro2::TokenStream;
use quote::quote;

use crate::expand::local::local;
use crate::model::Model;
use crate::return_type::Way;

/// `|value, span| ..`, which yields the value.
///
/// What its type can do is found by autoref, without bounds on it.
pub(crate) fn conclude(model: &Model) -> TokenStream {
    let runtime = &model.runtime;
    let (value, span) = (local("value"), local("span"));
    let (look, kept) = (look(model), model.kept);
    let concluded = match &model.returned.way {
        Way::Probed => {
            let streaming = &runtime.streaming;
            let way = found(model, &quote!((&&#streaming(&#value)).__agentops_way()));
            quote!((#way).end(#span, #value, #look, #look, #kept))
        }
        Way::Stream(item) => {
            let end = &runtime.opaque_stream;
            quote!(#end::<_, #item>(#span, #value, #look, #kept))
        }
        Way::StreamOrError(item) => {
            let end = &runtime.opaque_stream_result;
            quote!(#end::<_, #item, _>(#span, #value, #look, #look, #kept))
        }
        Way::Future(output) => {
            let end = &runtime.opaque_future;
            quote!(#end::<_, #output>(#span, #value, #look, #kept))
        }
    };
    quote!(|#value, #span| { #concluded })
}

/// `|value| ..`, which yields the outcome and the content of a value, or of an item of it.
fn look(model: &Model) -> TokenStream {
    let (probe, returned) = (&model.runtime.probe, &model.runtime.returned);
    let value = local("value");
    let outcome = quote!((&&&&#probe(#value)).__agentops_outcome());
    let content = quote!((&&&&&&#returned(#value)).__agentops_content());
    let looked = found(model, &quote!((#outcome, #content)));
    quote!(|#value| #looked)
}

/// An expression that finds its traits.
///
/// They come by glob, because `unused_imports` would name those that a type does
/// not need where the path to the runtime is the user's own. Nothing of the user
/// stands within, whom the glob would hide.
fn found(model: &Model, expression: &TokenStream) -> TokenStream {
    let all = &model.runtime.all;
    quote!({
        use #all::*;
        #expression
    })
}
