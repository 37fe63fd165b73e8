//! The import by which an editor completes options.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// Has the runtime's macro import these words.
///
/// The call stands there without a word too: an editor that puts one between empty
/// parentheses compares what comes of it with what came before.
pub(crate) fn import(macro_path: &TokenStream, attribute: &str, words: &[Ident]) -> TokenStream {
    let attribute = format_ident!("{attribute}");
    quote!(#macro_path! { #attribute #(#words)* })
}
