//! Print what options say of the value of a call.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Expr;

use crate::expand::capture;
use crate::expand::lay;
use crate::expand::local::local;
use crate::expand::text::text;
use crate::model::Model;
use crate::settings::{InnerOption, Told, ValueForm, WholeOption};

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
        Told::Error(_) | Told::ErrorAs(..) | Told::ErrorType(_) | Told::Whole(..)
    )
}

fn one(model: &Model, told: &Told) -> TokenStream {
    let runtime = &model.runtime;
    let called = match told {
        Told::Content(closure) => return content(model, closure),
        Told::Completion(closure) => {
            let (say, nothing) = (runtime.completion(), quote!());
            return read(model, closure, &say, &nothing);
        }
        Told::ContentAs(form, word) => {
            let say = match form {
                ValueForm::Debug => runtime.say_debug(),
                ValueForm::Display => runtime.say_display(),
                ValueForm::Json => runtime.say_json(),
            };
            call(&say, &split(word), word, &quote!())
        }
        Told::Field(key, closure) => {
            let key = text(key);
            let split = split(closure);
            call(
                &runtime.say_field(),
                &quote!(#key, #split),
                closure,
                closure,
            )
        }
        Told::Error(closure) => call(&runtime.error_words(), &whole(closure), closure, closure),
        Told::ErrorType(closure) => call(&runtime.error_type(), &whole(closure), closure, closure),
        Told::ErrorAs(form, word) => {
            let say = match form {
                ValueForm::Display => runtime.error_display(),
                ValueForm::Debug | ValueForm::Json => runtime.error_debug(),
            };
            call(&say, &whole(word), word, &quote!())
        }
        Told::Whole(option, closure) => {
            let set = match option {
                WholeOption::OkIf => runtime.ok_if(),
                WholeOption::ErrIf => runtime.err_if(),
                WholeOption::EndState => runtime.end_state(),
            };
            call(&set, &whole(closure), closure, closure)
        }
        Told::Inner(option, closure) => {
            let set = match option {
                InnerOption::Response => runtime.response(),
                InnerOption::Usage => runtime.usage(),
                InnerOption::Triggered => runtime.triggered(),
            };
            call(&set, &split(closure), closure, closure)
        }
    };
    quote!(#called;)
}

/// A call that says something of `source`; all of it lies over `place`, where the user wrote what.
fn call(
    function: &impl ToTokens,
    source: &TokenStream,
    place: &impl ToTokens,
    closure: &impl ToTokens,
) -> TokenStream {
    let seen = lay::over(place, local("seen"));
    lay::call(place, function, quote!(#seen, #source, #closure))
}

/// All that is returned; the reference is taken anew as an expression that is as long as `place`.
fn whole(place: &impl ToTokens) -> TokenStream {
    let value = local("value");
    lay::over(place, quote!(&*#value))
}

/// What is returned if that is no error.
fn split(place: &impl ToTokens) -> TokenStream {
    lay::over(place, local("split"))
}

/// What is kept in place of the value; a closure that says nothing keeps it out all the same.
fn content(model: &Model, closure: &Expr) -> TokenStream {
    let (say, nothing) = (model.runtime.say(), model.runtime.say_nothing());
    let seen = local("seen");
    read(model, closure, &say, &quote!(#nothing(#seen)))
}

/// Hands the content of what a closure reads to `say`.
fn read(
    model: &Model,
    closure: &Expr,
    say: &impl ToTokens,
    otherwise: &TokenStream,
) -> TokenStream {
    let (some, none) = (model.core.some(), model.core.none());
    let (seen, read_value) = (local("seen"), local("read"));
    let content = capture::content(model, &quote!(&#read_value));
    let read = call(&model.runtime.read(), &split(closure), closure, closure);
    quote! {
        match #read {
            #some(#read_value) => #say(#seen, #content),
            #none => { #otherwise }
        }
    }
}
