//! Lay tokens of ours over the user's, so that errors about them point there.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// The same tokens, which stretch from the first to the last of some of the user's.
///
/// Words keep their hygiene. Other tokens get the macro's, because the compiler takes
/// the place of an expression from both ends only where their hygiene is the same.
pub(crate) fn over(place: &impl ToTokens, tokens: impl ToTokens) -> TokenStream {
    let (first, last) = ends(place);
    let tokens: Vec<_> = tokens.to_token_stream().into_iter().collect();
    let count = tokens.len();
    let laid = tokens.into_iter().enumerate().map(|(index, mut token)| {
        let is_last = index > 0 && index + 1 == count;
        let place = if is_last { last } else { first };
        token.set_span(match token {
            TokenTree::Ident(_) => token.span().located_at(place),
            _ => place,
        });
        token
    });
    laid.collect()
}

/// A call that stretches over some of the user's tokens; its arguments stay where they are.
pub(crate) fn call(
    place: &impl ToTokens,
    function: &impl ToTokens,
    arguments: impl ToTokens,
) -> TokenStream {
    let function = over(place, function);
    let arguments = parenthesized(place, arguments);
    quote!(#function #arguments)
}

/// A group that closes where the user's tokens end.
pub(crate) fn parenthesized(place: &impl ToTokens, tokens: impl ToTokens) -> Group {
    let (_, last) = ends(place);
    let mut group = Group::new(Delimiter::Parenthesis, tokens.to_token_stream());
    group.set_span(last);
    group
}

/// Where the user's tokens begin and end.
fn ends(place: &impl ToTokens) -> (Span, Span) {
    let tokens = place.to_token_stream();
    let mut spans = tokens.into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::mixed_site);
    let last = spans.last().unwrap_or(first);
    let ours = |span| Span::mixed_site().located_at(span);
    (ours(first), ours(last))
}
