//! Print the static call site and the closure that fills a start record.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Expr;

use crate::expand::capture;
use crate::expand::local::local;
use crate::model::{Model, Start};
use crate::settings::{Baggage, Field, Form, Static};

/// A reference to the call site, a static that nothing else can name.
pub(crate) fn site(model: &Model) -> TokenStream {
    let (site, kind) = (&model.runtime.site(), &model.runtime.kind());
    let (module_path, file) = (&model.core.module_path(), &model.core.file());
    let line = line(model);
    let variant = Ident::new(model.site.kind, Span::mixed_site());
    let function = &model.site.function;
    let more = more(model);
    quote!({
        static SITE: #site = #site::new(
            #kind::#variant,
            #function,
            #module_path!(),
            #file!(),
            #line,
        )#more;
        &SITE
    })
}

/// What is said of a site besides what every site has.
fn more(model: &Model) -> TokenStream {
    let mut more = TokenStream::new();
    if let Some(name) = &model.site.name {
        more.extend(quote!(.named(#name)));
    }
    if !model.site.statics.is_empty() {
        let statics = model.site.statics.iter().map(|each| known(model, each));
        more.extend(quote!(.with(&[#(#statics),*])));
    }
    if !model.start.fields.is_empty() {
        let keys = model.start.fields.iter().map(|field| &field.key);
        more.extend(quote!(.keys(&[#(#keys),*])));
    }
    if model.site.leaf {
        more.extend(quote!(.leaf()));
    }
    more
}

/// The line of the function's name, not of the attribute.
fn line(model: &Model) -> TokenStream {
    let line = &model.core.line();
    quote!(#line!())
        .into_iter()
        .map(|mut token| {
            token.set_span(model.site.place);
            token
        })
        .collect()
}

fn known(model: &Model, attribute: &Static) -> TokenStream {
    let value_type = &model.runtime.static_value();
    let Static { key, value } = attribute;
    quote!((#key, #value_type::Str(#value)))
}

/// The closure that computes what the options ask for; it runs only while recording.
pub(crate) fn fill(model: &Model, draft: &Ident) -> Option<TokenStream> {
    let record = &model.runtime.record();
    let described = described(model);
    if described.is_empty() && model.start.fields.is_empty() {
        return None;
    }
    let mutability = (!described.is_empty()).then(|| quote!(mut));
    let fields = model.start.fields.iter().map(|each| field(model, each));
    let arguments = capture::arguments(model);
    Some(quote!(|#mutability #draft| {
        #described
        #record(#draft, &[#(#fields),*], #arguments);
    }))
}

/// What is said about a span before it starts.
fn described(model: &Model) -> TokenStream {
    let draft = local("draft");
    let Start {
        extract,
        session_id,
        user,
        tags,
        baggage,
        fields: _,
    } = &model.start;
    let runtime = &model.runtime;
    let values = [
        (&runtime.extract(), extract),
        (&runtime.session_id(), session_id),
        (&runtime.user(), user),
    ];
    let mut described = TokenStream::new();
    for (set, value) in values {
        if let Some(value) = value {
            let value = borrowed(value);
            described.extend(quote!(#set(&mut #draft, #value);));
        }
    }
    if !tags.is_empty() {
        let set = &runtime.tags();
        described.extend(quote!(#set(&mut #draft, &[#(#tags),*]);));
    }
    for Baggage { key, value } in baggage {
        let set = &runtime.baggage();
        let value = borrowed(value);
        described.extend(quote!(#set(&mut #draft, #key, #value);));
    }
    described
}

fn field(model: &Model, field: &Field) -> TokenStream {
    let value = borrowed(&field.value);
    let wrapper = match field.form {
        Form::Value => return value,
        Form::Debug => &model.runtime.debugged(),
        Form::Display => &model.runtime.displayed(),
    };
    quote!(&#wrapper(#value))
}

/// `&(expr)` that lies over the user's expression, so that type errors point there.
fn borrowed(value: &Expr) -> TokenStream {
    let tokens = value.to_token_stream();
    let mut spans = tokens.clone().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::mixed_site);
    let last = spans.last().unwrap_or(first);
    let mut group = Group::new(Delimiter::Parenthesis, tokens);
    group.set_span(Span::mixed_site().located_at(last));
    let start = Span::mixed_site().located_at(first);
    quote_spanned!(start=> &#group)
}
