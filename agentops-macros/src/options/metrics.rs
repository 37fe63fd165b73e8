//! Meaning of `metrics = false` and `metrics(..)`.

use syn::{Expr, FnArg, Pat, Signature, Type, TypeReference};

use crate::args::Value;
use crate::diagnostics::Errors;
use crate::options::fields::{self, List};
use crate::options::{Given, Key};
use crate::settings::{Field, Settings};

/// What metrics are told apart by, or that there are none.
pub(crate) const METRICS: Key = Key {
    name: "metrics",
    usage: "metrics(key = expr, ..)",
    set: set_metrics,
};

fn set_metrics(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    if let Value::Assigned { .. } = &given.value {
        let usage = "takes `false` or a list: `metrics = false` or `metrics(key = expr, ..)`";
        if let Some(measured) = given.truth(usage, errors) {
            settings.measured = measured;
        }
        return;
    }
    let (family, signature) = (given.family, given.signature);
    let Some(entries) = given.list(errors) else {
        return;
    };
    settings.dimensions = fields::read(entries, List::Dimensions(family), errors);
    // The compiler would say of it that it does not live long enough.
    let is_text = |value: &Expr| signature.is_some_and(|signature| is_text(value, signature));
    for Field { value, .. } in &settings.dimensions {
        if is_text(value) {
            errors.over(
                value,
                "a text that is borrowed may have any number of values, each of which would be a time series of its own; record it by `fields(..)`",
            );
        }
    }
}

/// Whether an expression is an argument that is a text, though none of the program's own.
fn is_text(value: &Expr, signature: &Signature) -> bool {
    let Expr::Path(value) = value else {
        return false;
    };
    signature.inputs.iter().any(|input| match input {
        FnArg::Typed(argument) => match (argument.pat.as_ref(), argument.ty.as_ref()) {
            (Pat::Ident(name), Type::Reference(text)) => {
                value.path.is_ident(&name.ident) && is_borrowed_str(text)
            }
            _ => false,
        },
        FnArg::Receiver(_) => false,
    })
}

fn is_borrowed_str(reference: &TypeReference) -> bool {
    let lifetime = reference.lifetime.as_ref();
    let is_static = lifetime.is_some_and(|lifetime| lifetime.ident == "static");
    let is_str = matches!(reference.elem.as_ref(), Type::Path(text) if text.path.is_ident("str"));
    is_str && !is_static
}
