//! Print a model as tokens.
//!
//! Nothing is decided here: what is optional was settled in the model.

mod body;
mod borrow;
mod capture;
mod conclude;
pub(crate) mod import;
mod lay;
mod local;
mod site;
mod text;
mod told;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{ReturnType, Signature, Token, Type};

use self::body::Beginning;
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
    let signature = ended(model, signature);
    let inner = &model.body.attributes;
    let wrapped = match &model.shape {
        Shape::Guard => guarded(model),
        Shape::Scoped => scoped(model),
        Shape::Inline { typed } => inline(model, *typed),
        Shape::Closure { typed } => called(model, *typed),
        Shape::Future { place } => future(model, *place),
        Shape::Awaited => {
            let future = future(model, Span::mixed_site());
            quote!(#future.await)
        }
        Shape::Diverging => diverging(model),
    };
    let flushing = flushing(model);
    let block = body::braced(model, quote!(#(#inner)* #imports #flushing #wrapped));
    quote!(#(#attributes)* #visibility #defaultness #signature #block)
}

/// The signature with an empty `where`, by which its last token is at a place of the user's.
///
/// Lints on a signature point to where it begins if it ends in our own tokens.
fn ended(model: &Model, signature: TokenStream) -> TokenStream {
    let head = &model.head.signature;
    let has_where = head.generics.where_clause.is_some();
    match &model.shape {
        Shape::Future { .. } if !has_where => {
            let end = head.paren_token.span.close();
            quote_spanned!(end=> #signature where)
        }
        _ => signature,
    }
}

/// What delivers when the function has returned, for one that is not async.
fn flushing(model: &Model) -> Option<TokenStream> {
    let is_async = matches!(
        model.shape,
        Shape::Future { .. } | Shape::Awaited | Shape::Diverging
    );
    if !model.flush || is_async || model.returned.future().is_some() {
        return None;
    }
    let (flushing, guard) = (model.runtime.flushing(), local("flushing"));
    Some(quote!(let #guard = #flushing();))
}

/// Replaces the return type by `impl Future`, which captures by the rules of edition 2024.
fn returning_future(model: &Model, signature: &Signature, place: Span) -> TokenStream {
    let future = &model.core.future();
    let declared = &model.returned.declared;
    let span = Span::mixed_site().located_at(place);
    let output = quote_spanned!(span=> impl #future<Output = #declared>);
    let arrow = Token![->](span);
    let mut signature = signature.clone();
    signature.output = ReturnType::Type(arrow, Box::new(Type::Verbatim(output)));
    signature.into_token_stream()
}

fn guarded(model: &Model) -> TokenStream {
    let (guard, draft) = (local("guard"), local("draft"));
    let (begin, begin_with) = (model.runtime.begin(), model.runtime.begin_with());
    let site = site::site(model);
    let started = if let Some(fill) = site::fill(model, &draft) {
        quote!(#begin_with(#site, #fill))
    } else {
        let none = model.runtime.no_arguments();
        quote!(#begin(#site, #none()))
    };
    let statements = body::statements(model);
    quote! {
        let #guard = #started;
        #statements
    }
}

fn scoped(model: &Model) -> TokenStream {
    let (scope, beginning) = scope(model, false);
    let body = body::wrapped(model, &quote!(), &beginning);
    quote!(#scope #body)
}

fn called(model: &Model, typed: bool) -> TokenStream {
    let (call, value) = (model.runtime.call(), local("value"));
    let (scope, beginning) = scope(model, true);
    let body = body::wrapped(model, &quote!(), &beginning);
    let erased = &model.returned.erased;
    let returns = typed.then(|| quote!(-> #erased));
    let concluded = conclude::concluded(model);
    quote! {
        #scope
        let #value = #call(move || #returns #body);
        #concluded
    }
}

fn inline(model: &Model, typed: bool) -> TokenStream {
    let value = local("value");
    let (scope, beginning) = scope(model, true);
    let body = body::wrapped(model, &quote!(), &beginning);
    let erased = &model.returned.erased;
    let declared = typed.then(|| quote!(: #erased));
    let concluded = conclude::concluded(model);
    quote! {
        #scope
        let #value #declared = #body;
        #concluded
    }
}

/// What binds the scope of a span, and what starts it where options have to see arguments.
fn scope(model: &Model, is_concluded: bool) -> (TokenStream, Beginning) {
    let (scope, started) = (local("scope"), local("started"));
    let site = site::site(model);
    let Some(fill) = site::fill(model, &local("draft")) else {
        let (begin, arguments) = (model.runtime.begin(), capture::read(model));
        let mutable = is_concluded.then(|| quote!(mut));
        let bound = quote!(let #mutable #scope = #begin(#site, #arguments););
        return (bound, Beginning::default());
    };
    let (new, start) = (model.runtime.scope(), model.runtime.start_with());
    let bound = quote! {
        let mut #scope = #new();
        let #started = &mut #scope;
    };
    let beginning = Beginning {
        before: capture::captured(model).unwrap_or_default(),
        after: quote!(#start(#started, #site, #fill);),
    };
    (bound, beginning)
}

/// Starts the span of a coroutine at once, or when options can see the user's own names.
fn start_future(model: &Model) -> Beginning {
    let site = site::site(model);
    let Some(fill) = site::fill(model, &local("draft")) else {
        let (start, arguments) = (model.runtime.start_future(), capture::read(model));
        return Beginning {
            before: quote!(#start(#site, #arguments);),
            after: TokenStream::new(),
        };
    };
    let start_with = model.runtime.start_future_with();
    Beginning {
        before: capture::captured(model).unwrap_or_default(),
        after: quote!(#start_with(#site, #fill);),
    }
}

fn future(model: &Model, place: Span) -> TokenStream {
    let span = Span::mixed_site().located_at(place);
    let body = body::wrapped(model, &typed(model, span), &start_future(model));
    conclude::runner(model, &quote_spanned!(span=> async move #body), span)
}

/// Says the return type where a coroutine has no place for it.
///
/// All of it lies over the declared type, as a mismatch in the body is explained by it.
fn typed(model: &Model, place: Span) -> TokenStream {
    let value_of = model.runtime.value_of().to_token_stream();
    let value_of = value_of.into_iter().map(|mut token| {
        token.set_span(token.span().located_at(place));
        token
    });
    let erased = &model.returned.erased;
    quote_spanned!(place=> if false { return #(#value_of)*::<#erased>(); })
}

fn diverging(model: &Model) -> TokenStream {
    let (yes, never) = (&model.runtime.yes(), &model.runtime.never());
    let (none, infallible) = (&model.core.none(), &model.core.infallible());
    let body = body::wrapped(model, &quote!(), &start_future(model));
    let coroutine = quote!(async move { if #yes() #body else { #none::<#infallible> } });
    let future = conclude::runner(model, &coroutine, Span::mixed_site());
    quote! {
        match #future.await {
            _ => #never(),
        }
    }
}
