//! Print the static call site and the closure that fills a start record.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Expr;

use crate::expand::borrow::borrowed;
use crate::expand::capture;
use crate::expand::lay;
use crate::expand::local::local;
use crate::expand::text::text;
use crate::model::Model;
use crate::paths::Name;
use crate::settings::{Baggage, Field, Form, Static, StaticValue};

/// A reference to the call site, a static of an unlikely name: constants of the user's are named in it.
pub(crate) fn site(model: &Model) -> TokenStream {
    let (site, kind) = (&model.runtime.site(), &model.runtime.kind());
    let (module_path, file) = (&model.core.module_path(), &model.core.file());
    let line = line(model);
    let variant = word(model.site.kind);
    let function = &model.site.function;
    let more = more(model);
    quote!({
        static __AGENTOPS_SITE: #site = #site::new(
            #kind::#variant,
            #function,
            #module_path!(),
            #file!(),
            #line,
        )#more;
        &__AGENTOPS_SITE
    })
}

/// What is said of a site besides what every site has.
fn more(model: &Model) -> TokenStream {
    let mut more = TokenStream::new();
    if let Some(name) = &model.site.name {
        let name = text(name);
        more.extend(quote!(.named(#name)));
    }
    if !model.site.statics.is_empty() {
        let statics = model.site.statics.iter().map(|each| known(model, each));
        more.extend(quote!(.with(&[#(#statics),*])));
    }
    let (fields, dimensions) = (&model.start.fields, &model.start.dimensions);
    let keys = fields.iter().chain(dimensions);
    let keys: Vec<_> = keys.map(|field| text(&field.key)).collect();
    if !keys.is_empty() {
        more.extend(quote!(.keys(&[#(#keys),*])));
    }
    if !dimensions.is_empty() {
        let count = dimensions.len();
        more.extend(quote!(.dimensions(#count)));
    }
    if let Some(span_kind) = model.site.span_kind {
        let (path, variant) = (model.runtime.span_kind(), word(span_kind));
        more.extend(quote!(.span_kind(#path::#variant)));
    }
    if let Some(on_cancel) = model.site.on_cancel {
        let (path, variant) = (model.runtime.on_cancel(), word(on_cancel));
        more.extend(quote!(.on_cancel(#path::#variant)));
    }
    if !model.site.measured {
        more.extend(quote!(.unmeasured()));
    }
    if model.site.leaf {
        more.extend(quote!(.leaf()));
    }
    if model.start.is_described() {
        more.extend(quote!(.described()));
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
    let value_type = model.runtime.static_value();
    let Static { key, value } = attribute;
    match value {
        StaticValue::Text(value) => {
            let value = text(value);
            quote!((#key, #value_type::Str(#value)))
        }
        StaticValue::Bool(value) => quote!((#key, #value_type::Bool(#value))),
        StaticValue::Int(value) => quote!((#key, #value_type::Int(#value))),
        StaticValue::Float(value) => quote!((#key, #value_type::Float(#value))),
    }
}

fn word(word: &str) -> Ident {
    Ident::new(word, Span::mixed_site())
}

/// The closure that computes what the options ask for; it runs only while recording.
pub(crate) fn fill(model: &Model, draft: &Ident) -> Option<TokenStream> {
    let record = model.runtime.record();
    let start = &model.start;
    let is_plain =
        start.fields.is_empty() && start.dimensions.is_empty() && start.computed.is_empty();
    if is_plain && !start.is_described() {
        return None;
    }
    let described = described(model);
    let mutability = (!described.is_empty()).then(|| quote!(mut));
    let fields = start.fields.iter().map(|each| field(model, each));
    let dimensions = start
        .dimensions
        .iter()
        .map(|each| wrapped(&model.runtime.dimensioned(), &each.value));
    let fields = fields.chain(dimensions);
    let arguments = capture::arguments(model);
    let recorded = quote! {
        #described
        #record(#draft, &[#(#fields),*], #arguments);
    };
    let recorded = match &start.said.condition {
        None => recorded,
        Some(condition) => {
            let met = model.runtime.condition();
            quote!(if #met(#condition) { #recorded })
        }
    };
    Some(quote!(|#mutability #draft| { #recorded }))
}

/// What is said about a span before it starts.
fn described(model: &Model) -> TokenStream {
    let draft = local("draft");
    let (said, runtime) = (&model.start.said, &model.runtime);
    let mut described = TokenStream::new();
    let mut say = |set: Name<'_>, value: Option<TokenStream>| {
        let value = value.map(|value| quote!(, #value));
        described.extend(quote!(#set(&mut #draft #value);));
    };
    if let Some(parent) = &said.parent {
        say(runtime.parent(), Some(borrowed(parent)));
    }
    if let Some(extract) = &said.extract {
        say(runtime.extract(), Some(borrowed(extract)));
    }
    // It leaves the trace of a request as well, whose session stays.
    if said.root {
        say(runtime.cut(), None);
    }
    for (set, value) in [
        (runtime.session_id(), &said.session_id),
        (runtime.user(), &said.user),
        (runtime.links(), &said.links),
        (runtime.request(), &said.request),
    ] {
        if let Some(value) = value {
            say(set, Some(borrowed(value)));
        }
    }
    if let Some(prompt) = &said.prompt {
        let content = capture::content(model, &borrowed(prompt));
        say(runtime.prompt(), Some(content));
    }
    let tags = &model.start.tags;
    if !tags.is_empty() {
        say(runtime.tags(), Some(quote!(&[#(#tags),*])));
    }
    for Baggage { key, value } in &model.start.baggage {
        let value = borrowed(value);
        say(runtime.baggage(), Some(quote!(#key, #value)));
    }
    described
}

fn field(model: &Model, field: &Field) -> TokenStream {
    match field.form {
        Form::Value => borrowed(&field.value),
        Form::Debug => wrapped(&model.runtime.debugged(), &field.value),
        Form::Display => wrapped(&model.runtime.displayed(), &field.value),
    }
}

/// A reference to a wrapper of the value, which lies over the user's expression.
fn wrapped(wrapper: &impl ToTokens, value: &Expr) -> TokenStream {
    let reference = lay::over(value, quote!(&));
    let call = lay::call(value, wrapper, borrowed(value));
    quote!(#reference #call)
}
