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
    let (value, span) = (local("value"), local("span"));
    let concluded = match model.returned.way {
        Way::Probed => probed(model),
        Way::Stream | Way::Future => {
            let end = match model.returned.way {
                Way::Future => &model.runtime.opaque_future,
                _ => &model.runtime.opaque_stream,
            };
            let (item, look, kept) = (&model.returned.item, on_item(model), model.kept);
            quote!(#end::<_, #item>(#span, #value, #look, #kept))
        }
        Way::StreamOrError => {
            let end = &model.runtime.opaque_stream_result;
            let outcome = outcome(model);
            let (item, look, kept) = (&model.returned.item, on_item(model), model.kept);
            quote!(#end::<_, #item, _>(#span, #value, |#value| #outcome, #look, #kept))
        }
    };
    quote!(|#value, #span| { #concluded })
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

fn probed(model: &Model) -> TokenStream {
    let streaming = &model.runtime.streaming;
    let (value, span) = (local("value"), local("span"));
    let (outcome, content) = (outcome(model), content(model));
    let (item, kept) = (on_item(model), model.kept);
    let way = found(model, &quote!((&&#streaming(&#value)).__agentops_way()));
    quote! {
        (#way).end(
            #span,
            #value,
            |#value| #outcome,
            |#value| #content,
            #item,
            #kept,
        )
    }
}

/// `|value| ..`, which looks at one item of a stream.
fn on_item(model: &Model) -> TokenStream {
    let value = local("value");
    let (outcome, content) = (outcome(model), content(model));
    quote!(|#value| (#outcome, #content))
}

fn outcome(model: &Model) -> TokenStream {
    let probe = &model.runtime.probe;
    let value = local("value");
    found(model, &quote!((&&&&#probe(#value)).__agentops_outcome()))
}

fn content(model: &Model) -> TokenStream {
    let returned = &model.runtime.returned;
    let value = local("value");
    found(
        model,
        &quote!((&&&&&&#returned(#value)).__agentops_content()),
    )
}
