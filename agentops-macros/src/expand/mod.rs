//! Print a model as tokens.
//!
//! Nothing is decided here: what is optional was settled in the model.

mod body;
mod capture;
mod conclude;
pub(crate) mod import;
mod local;
mod site;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{ReturnType, Signature, Token, Type};

use self::local::local;
use crate::model::{Head, Model, Shape};

/// The instrumented function; `imports` are for editors.
pub(crate) fn function(model: &Model, imports: &TokenStream) -> TokenStream {
    let Head {
        attributes,
        visibility,
        defaultness,
        signature,
    } = &model.head;
    let signature = match &model.shape {
        Shape::Future { place } => returning_future(model, signature, *place),
        _ => signature.to_token_stream(),
    };
    let inner = &model.body.attributes;
    let wrapped = match &model.shape {
        Shape::Guard => guarded(model),
        Shape::Scoped => scoped(model),
        Shape::Closure { typed } => called(model, *typed),
        Shape::Future { place } => future(model, *place),
        Shape::Awaited => {
            let future = future(model, Span::mixed_site());
            quote!(#future.await)
        }
        Shape::Diverging => diverging(model),
    };
    let block = body::braced(model, quote!(#(#inner)* #imports #wrapped));
    quote!(#(#attributes)* #visibility #defaultness #signature #block)
}

/// Replaces the return type by `impl Future`, which captures by the rules of edition 2024.
fn returning_future(model: &Model, signature: &Signature, place: Span) -> TokenStream {
    let future = &model.core.future;
    let declared = &model.returned.declared;
    let span = Span::mixed_site().located_at(place);
    let output = quote_spanned!(span=> impl #future<Output = #declared>);
    let arrow = Token![->](span);
    let mut signature = signature.clone();
    signature.output = ReturnType::Type(arrow, Box::new(Type::Verbatim(output)));
    signature.into_token_stream()
}

fn guarded(model: &Model) -> TokenStream {
    let start = &model.runtime.guard;
    let guard = local("guard");
    let site = site::site(model);
    let fill = site::fill(model);
    let statements = body::statements(model);
    quote! {
        let #guard = #start(#site, #fill);
        #statements
    }
}

fn scoped(model: &Model) -> TokenStream {
    let (scope, started) = (local("scope"), local("started"));
    let new = &model.runtime.scope;
    let body = body::wrapped(model, &quote!(), &start(model));
    quote! {
        let mut #scope = #new();
        let #started = &mut #scope;
        #body
    }
}

fn called(model: &Model, typed: bool) -> TokenStream {
    let (scope, started) = (local("scope"), local("started"));
    let value = local("value");
    let new = &model.runtime.scope;
    let (call, finish) = (&model.runtime.call, &model.runtime.finish);
    let body = body::wrapped(model, &quote!(), &start(model));
    let erased = &model.returned.erased;
    let returns = typed.then(|| quote!(-> #erased));
    let conclude = conclude::conclude(model);
    quote! {
        let mut #scope = #new();
        let #started = &mut #scope;
        let #value = #call(move || #returns #body);
        #finish(#scope, #value, #conclude)
    }
}

fn start(model: &Model) -> TokenStream {
    let start = &model.runtime.start;
    let started = local("started");
    let site = site::site(model);
    let fill = site::fill(model);
    quote!(#start(#started, #site, #fill);)
}

fn future(model: &Model, place: Span) -> TokenStream {
    let future = &model.runtime.future;
    let span = Span::mixed_site().located_at(place);
    let body = body::wrapped(model, &typed(model, span), &start_future(model));
    let conclude = conclude::conclude(model);
    quote_spanned!(span=> #future(async move #body, #conclude))
}

/// Says the return type where a coroutine has no place for it.
///
/// All of it lies over the declared type, as a mismatch in the body is explained by it.
fn typed(model: &Model, place: Span) -> TokenStream {
    let value_of = model.runtime.value_of.to_token_stream();
    let value_of = value_of.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(place));
        token
    });
    let erased = &model.returned.erased;
    quote_spanned!(place=> if false { return #(#value_of)*::<#erased>(); })
}

fn diverging(model: &Model) -> TokenStream {
    let (future, conclude) = (&model.runtime.future, &model.runtime.conclude_never);
    let (yes, never) = (&model.runtime.yes, &model.runtime.never);
    let (none, infallible) = (&model.core.none, &model.core.infallible);
    let body = body::wrapped(model, &quote!(), &start_future(model));
    quote! {
        match #future(
            async move { if #yes() #body else { #none::<#infallible> } },
            #conclude,
        ).await {
            _ => #never(),
        }
    }
}

fn start_future(model: &Model) -> TokenStream {
    let start = &model.runtime.start_future;
    let site = site::site(model);
    let fill = site::fill(model);
    quote!(#start(#site, #fill);)
}
