//! Collect every mistake of one attribute and keep the item beside them.
//!
//! # Motivation
//!
//! Stopping at the first mistake makes the user compile once per mistake, and an
//! expansion that is nothing but an error makes every use of the function fail
//! too. So the stages go on after a mistake, push into one [`Errors`] in source
//! order, and the original item is emitted in front of all of them.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Error, Result};

/// The mistakes found so far, in source order.
#[derive(Default)]
pub(crate) struct Errors {
    /// One entry per `compile_error!`.
    list: Vec<Error>,
}

impl Errors {
    /// Yields what is sound; adds a mistake, which already knows its place.
    pub(crate) fn keep<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.list.push(error)).ok()
    }

    /// Adds a mistake at one token.
    pub(crate) fn at(&mut self, place: Span, message: impl Display) {
        self.list.push(Error::new(place, message));
    }

    /// Adds a mistake that stretches from the first to the last of some tokens.
    pub(crate) fn over(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.list.push(Error::new_spanned(tokens, message));
    }

    /// Adds what was found further down.
    pub(crate) fn append(&mut self, mut later: Self) {
        self.list.append(&mut later.list);
    }

    /// Tells whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The untouched item first, then one `compile_error!` per mistake.
    pub(crate) fn beside(self, item: TokenStream) -> TokenStream {
        let mut tokens = item;
        tokens.extend(self.list.iter().map(Error::to_compile_error));
        tokens
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn the_item_comes_before_all_errors() {
        let mut errors = Errors::default();
        errors.at(Span::call_site(), "first");
        errors.over(quote!(a b), "second");
        let tokens = errors
            .beside(quote!(
                fn run() {}
            ))
            .to_string();
        let places = ["fn run", "first", "second"].map(|part| tokens.find(part));
        assert!(places.is_sorted() && places[0] == Some(0), "{tokens}");
    }
}
