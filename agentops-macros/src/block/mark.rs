//! `#[agentops(skip)]`, by which a method is left out of its block.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, MacroDelimiter, Meta};

use crate::diagnostics::Errors;

/// Whether this is meant to be one, be it sound or not.
pub(crate) fn is_mark(attribute: &Attribute) -> bool {
    attribute.path().is_ident("agentops")
}

/// Reports what is wrong with a mark on a method.
pub(crate) fn check(mark: &Attribute, errors: &mut Errors) {
    let list = match &mark.meta {
        Meta::List(list) if matches!(list.delimiter, MacroDelimiter::Paren(_)) => list,
        _ => return errors.over(&mark.meta, nothing()),
    };
    let mut tokens = list.tokens.clone().into_iter();
    match tokens.next() {
        None => return errors.over(&mark.meta, nothing()),
        Some(TokenTree::Ident(word)) if word == "skip" => {}
        Some(other) => {
            let message = format!(
                "`{other}` means nothing here; write `#[agentops(skip)]` to leave this method out"
            );
            return errors.at(other.span(), message);
        }
    }
    let rest: TokenStream = tokens.clone().collect();
    match (tokens.next(), tokens.next()) {
        (None, _) => {}
        (Some(TokenTree::Punct(comma)), next) if comma.as_char() == ',' => {
            if let Some(next) = next {
                let message = "`skip` stands alone; write `#[agentops(skip)]`";
                errors.at(next.span(), message);
            }
        }
        _ => errors.over(rest, "`skip` takes no value; write `#[agentops(skip)]`"),
    }
}

/// Reports a mark on something that is no method.
pub(crate) fn misplaced(mark: &Attribute, errors: &mut Errors) {
    errors.over(
        mark,
        "`#[agentops(skip)]` goes on methods; nothing else in a block is recorded, so remove it",
    );
}

fn nothing() -> &'static str {
    "this says nothing; write `#[agentops(skip)]` to leave this method out"
}
