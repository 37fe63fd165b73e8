//! Print how a span ends with the function's value.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::expand::local::local;
use crate::expand::told;
use crate::model::Model;
use crate::return_type::{FutureForm, Values, Way};

/// Statements that end the span of a scope, and yield the value.
pub(crate) fn concluded(model: &Model) -> TokenStream {
    let (scope, value) = (local("scope"), local("value"));
    let kept = model.kept;
    if let Way::Ended = model.returned.way {
        let concluded = if model.told.is_empty() {
            let conclude = model.runtime.conclude();
            let looked = looked(model, &quote!(&#value));
            quote!(#conclude(&mut #scope, #looked, #kept))
        } else {
            let (conclude, look) = (model.runtime.conclude_with(), look(model, true));
            quote!(#conclude(&mut #scope, &#value, #look, #kept))
        };
        return quote! {
            #concluded;
            #value
        };
    }
    let (left, span) = (model.runtime.left(), local("span"));
    let handed = flushed(model, handed(model));
    quote! {
        let #span = #left(&mut #scope);
        #handed
    }
}

/// A call that runs a coroutine, and looks at its value; `place` is where errors about it belong.
pub(crate) fn runner(model: &Model, coroutine: &TokenStream, place: Span) -> TokenStream {
    let run = run(model, coroutine, place);
    if !model.flush {
        return run;
    }
    let flushed = model.runtime.flushed();
    quote_spanned!(place=> #flushed(#run))
}

fn run(model: &Model, coroutine: &TokenStream, place: Span) -> TokenStream {
    let (runtime, kept) = (&model.runtime, model.kept);
    if let Way::Ended = model.returned.way {
        let (future, look) = (&runtime.future(), look(model, true));
        return quote_spanned!(place=> #future(#coroutine, #look, #kept));
    }
    let future = &runtime.future_with();
    let (value, span) = (local("value"), local("span"));
    let handed = handed(model);
    quote_spanned!(place=> #future(#coroutine, |#value, #span| #handed))
}

/// The value that is returned, which delivers at its end if it is a future that is to.
fn flushed(model: &Model, handed: TokenStream) -> TokenStream {
    let flushed = match model.returned.future().filter(|_| model.flush) {
        None => return handed,
        Some(FutureForm::Opaque) => model.runtime.flushed(),
        Some(FutureForm::Boxed) => model.runtime.flushed_box(),
    };
    quote!(#flushed(#handed))
}

/// An expression that hands the span to the value where that takes it along.
fn handed(model: &Model) -> TokenStream {
    let runtime = &model.runtime;
    let (value, span) = (local("value"), local("span"));
    let kept = model.kept;
    let of_items = model.returned.options_see_items();
    let (look, item_look) = (look(model, !of_items), look(model, of_items));
    match &model.returned.way {
        Way::Ended | Way::Probed => {
            let streaming = runtime.streaming();
            quote! {
                #streaming(&#value)
                    .__agentops_way()
                    .end(#span, #value, #look, #item_look, #kept)
            }
        }
        Way::Stream(item) => {
            let end = runtime.opaque_stream();
            quote!(#end::<_, #item>(#span, #value, #item_look, #kept))
        }
        Way::StreamOrError(item) => {
            let end = runtime.opaque_stream_result();
            quote!(#end::<_, #item, _>(#span, #value, #look, #item_look, #kept))
        }
        Way::Future(output) => {
            let end = runtime.opaque_future();
            quote!(#end::<_, #output>(#span, #value, #item_look, #kept))
        }
    }
}

/// `|value, seen| ..`, which says what a value tells, or an item of it.
fn look(model: &Model, has_options: bool) -> TokenStream {
    if matches!(model.returned.values, Values::Unit | Values::Never) {
        let away = model.runtime.look_away();
        return quote!(#away);
    }
    let look = model.runtime.look();
    let (value, seen) = (local("value"), local("seen"));
    let looked = looked(model, &quote!(#value));
    let looked = quote!(#look(#seen, #looked));
    if !has_options || model.told.is_empty() {
        return quote!(|#value, #seen| #looked);
    }
    let told = told::told(model);
    quote!(|#value, #seen| { #told #looked; })
}

/// Outcome and content of a value behind a reference.
fn looked(model: &Model, value: &TokenStream) -> TokenStream {
    let (probe, returned) = (&model.runtime.probe(), &model.runtime.returned());
    if !model.looks_inside {
        let outcome = &model.runtime.outcome();
        return quote!(#outcome(#probe(#value).__agentops_split()));
    }
    quote!(#returned(#probe(#value).__agentops_split()).__agentops_look())
}
