//! Print what options say of the value of a call.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Expr;

use crate::expand::capture;
use crate::expand::local::local;
use crate::model::Model;
use crate::settings::{Form, InnerOption, Text, Told, ValueForm, WholeOption};

/// Statements that say it of `value`, which is a reference, to `seen`, which is one as well.
pub(crate) fn told(model: &Model) -> TokenStream {
    if model.told.is_empty() {
        return TokenStream::new();
    }
    let (probe, value, split) = (model.runtime.probe(), local("value"), local("split"));
    let splits = model.told.iter().any(|told| !is_of_whole(told));
    let split = splits.then(|| quote!(let #split = #probe(#value).__agentops_split();));
    let all = model.told.iter().map(|told| one(model, told));
    quote!(#split #(#all)*)
}

/// Whether it is taken from all that is returned, be it an error or not.
fn is_of_whole(told: &Told) -> bool {
    matches!(
        told,
        Told::Error(_) | Told::ErrorAs(_) | Told::ErrorType(_) | Told::Whole(..)
    )
}

fn one(model: &Model, told: &Told) -> TokenStream {
    let runtime = &model.runtime;
    let (seen, value, split) = (local("seen"), local("value"), local("split"));
    let of_value = |set: TokenStream, closure: &Expr| quote!(#set(#seen, #value, #closure););
    match told {
        Told::Content(closure) => content(model, closure),
        Told::ContentAs(form) => {
            let say = match form {
                ValueForm::Debug => runtime.say_debug(),
                ValueForm::Display => runtime.say_display(),
                ValueForm::Json => runtime.say_json(),
            };
            quote!(#say(#seen, #split);)
        }
        Told::Field(key, closure) => {
            let say = runtime.say_field();
            let key = match key {
                Text::Literal(key) => key.to_token_stream(),
                Text::Constant(key) => key.to_token_stream(),
            };
            quote!(#say(#seen, #key, #split, #closure);)
        }
        Told::Error(closure) => of_value(runtime.error_words(), closure),
        Told::ErrorType(closure) => of_value(runtime.error_type(), closure),
        Told::ErrorAs(form) => {
            let say = match form {
                ValueForm::Display => runtime.error_display(),
                ValueForm::Debug | ValueForm::Json => runtime.error_debug(),
            };
            quote!(#say(#seen, #value);)
        }
        Told::Whole(option, closure) => {
            let set = match option {
                WholeOption::OkIf => runtime.ok_if(),
                WholeOption::ErrIf => runtime.err_if(),
                WholeOption::EndState => runtime.end_state(),
            };
            of_value(set, closure)
        }
        Told::Inner(option, closure) => {
            let set = match option {
                InnerOption::Response => runtime.response(),
                InnerOption::Usage => runtime.usage(),
                InnerOption::Triggered => runtime.triggered(),
            };
            quote!(#set(#seen, #split, #closure);)
        }
        Told::Completion(closure) => {
            let (say, nothing) = (runtime.completion(), quote!());
            read(model, closure, &say, &nothing)
        }
    }
}

/// What is kept in place of the value; a closure that says nothing keeps it out all the same.
fn content(model: &Model, closure: &Expr) -> TokenStream {
    let (say, nothing) = (model.runtime.say(), model.runtime.say_nothing());
    let seen = local("seen");
    read(model, closure, &say, &quote!(#nothing(#seen)))
}

/// Hands the content of what a closure reads to `say`.
fn read(model: &Model, closure: &Expr, say: &TokenStream, otherwise: &TokenStream) -> TokenStream {
    let (read, some, none) = (model.runtime.read(), model.core.some(), model.core.none());
    let (seen, split, read_value) = (local("seen"), local("split"), local("read"));
    let content = capture::content(model, Form::Value, &quote!(&#read_value));
    quote! {
        match #read(#seen, #split, #closure) {
            #some(#read_value) => #say(#seen, #content),
            #none => { #otherwise }
        }
    }
}
