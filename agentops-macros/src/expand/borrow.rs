//! Print a reference to the value of a user's expression.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens, quote_spanned};

/// `&(expr)` that lies over the user's expression, so that type errors point there.
pub(crate) fn borrowed(value: &impl ToTokens) -> TokenStream {
    let tokens = value.to_token_stream();
    let mut spans = tokens.clone().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::mixed_site);
    let last = spans.last().unwrap_or(first);
    let mut group = Group::new(Delimiter::Parenthesis, tokens);
    group.set_span(Span::mixed_site().located_at(last));
    let start = Span::mixed_site().located_at(first);
    quote_spanned!(start=> &#group)
}
