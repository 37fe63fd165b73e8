//! Print what captures the arguments before they are bound again.
//!
//! It reads the outer names, so that lints on the user's own still see only the
//! user's own uses.

use proc_macro2::TokenStream;
use quote::quote;

use crate::arguments::Argument;
use crate::capture::Capture;
use crate::expand::local::local;
use crate::expand::{borrow, lay};
use crate::model::Model;
use crate::settings::Form;

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
    let begun = if model.start.computed.is_empty() {
        read(model)
    } else {
        let (begin, list) = (model.runtime.begin_arguments(), list(model));
        quote!(#begin(#list))
    };
    let arguments = local("arguments");
    Some(quote!(let #arguments = #begun;))
}

/// Reads the arguments that are captured; not even a list is made of them where nobody wants it.
pub(crate) fn read(model: &Model) -> TokenStream {
    let none = model.runtime.no_arguments();
    if !is_captured(model) {
        return quote!(#none());
    }
    let (wants, arguments) = (model.runtime.wants_arguments(), model.runtime.arguments());
    let list = list(model);
    quote!(if #wants() { #arguments(#list) } else { #none() })
}

/// What [`captured`] bound, with what options compute.
pub(crate) fn arguments(model: &Model) -> TokenStream {
    let arguments = local("arguments");
    match model.start.computed.as_slice() {
        [] if is_captured(model) => quote!(#arguments),
        [] => read(model),
        computed => {
            let (end, add) = (model.runtime.end_arguments(), model.runtime.add_argument());
            let writer = local("writer");
            let all = computed.iter().map(|computed| {
                let Capture { key, form, .. } = &computed.capture;
                let (value, place) = (borrow::borrowed(&computed.value), &computed.value);
                let content = content_as(model, *form, &value, place);
                quote!(#add(#writer, #key, #content);)
            });
            quote!(#end(#arguments, |#writer| { #(#all)* }))
        }
    }
}

/// `&[(name, content), ..]` of the arguments that are captured.
fn list(model: &Model) -> TokenStream {
    let entries = model.body.arguments.iter();
    let entries = entries.filter_map(|each| entry(model, each));
    quote!(&[#(#entries),*])
}

fn is_captured(model: &Model) -> bool {
    let mut arguments = model.body.arguments.iter();
    arguments.any(Argument::is_captured) || !model.start.computed.is_empty()
}

fn entry(model: &Model, argument: &Argument) -> Option<TokenStream> {
    let Argument {
        cfgs,
        name,
        capture,
    } = argument;
    let Capture { key, form, place } = capture.as_ref()?;
    let value = quote!(&#name);
    let value = match form {
        Form::Value => value,
        Form::Debug | Form::Display => lay::over(place, value),
    };
    let content = content_as(model, *form, &value, place);
    Some(quote!(#(#cfgs)* (#key, #content)))
}

/// The content of a value, whose form is found by its type.
pub(crate) fn content(model: &Model, value: &TokenStream) -> TokenStream {
    let content_of = model.runtime.content_of();
    quote!(#content_of(#value).__agentops_content())
}

/// The content of a value in the form that was asked for at this place.
fn content_as(model: &Model, form: Form, value: &TokenStream, place: &TokenStream) -> TokenStream {
    let content_of = match form {
        Form::Value => return content(model, value),
        Form::Debug => model.runtime.debug_of(),
        Form::Display => model.runtime.display_of(),
    };
    lay::call(place, &content_of, value)
}
