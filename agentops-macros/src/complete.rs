//! Let an editor complete the options of an attribute.
//!
//! rust-analyzer does not know what an attribute takes. But it expands it, finds the
//! word at the cursor again in the expansion, and completes it by what is possible
//! there. So a macro of the runtime imports the words out of a module that has one item
//! for each option. It does so under rust-analyzer only, and is empty for the compiler.
//! That is decided in the runtime, as a `cfg` in the expansion would be one of the
//! user's crate, which the compiler warns of. The call stands in the function's body,
//! because an item beside a method would be one of its `impl`.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use crate::args::{Argument, Entry, Spelling};

/// Words that cannot be a name, not even a raw one.
pub(crate) const NEVER_NAMES: &[&str] = &["Self", "_", "crate", "self", "super"];

/// Words that are a name only with `r#`, in any edition.
pub(crate) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// The words where an option is expected, as names at their places.
pub(crate) fn words(entries: &[Entry]) -> Vec<Ident> {
    let sound = entries.iter().flatten();
    sound.filter_map(word).collect()
}

fn word(argument: &Argument) -> Option<Ident> {
    let key = &argument.key;
    let first = key.tokens.clone().into_iter().next();
    let (Spelling::Word, Some(TokenTree::Ident(written))) = (&key.spelling, first) else {
        return None;
    };
    if NEVER_NAMES.contains(&key.text.as_str()) {
        None
    } else if KEYWORDS.contains(&key.text.as_str()) {
        Some(Ident::new_raw(&key.text, written.span()))
    } else {
        Some(written)
    }
}

/// The function with some statements at the beginning of its body.
pub(crate) fn into_body(function: TokenStream, statements: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = function.into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut()
        && body.delimiter() == Delimiter::Brace
    {
        *body = begun_with(body, statements);
    }
    tokens.into_iter().collect()
}

fn begun_with(body: &Group, statements: TokenStream) -> Group {
    let tokens: Vec<TokenTree> = body.stream().into_iter().collect();
    // Attributes of the body, of three tokens each, stay in front.
    let attributes = tokens.chunks(3).take_while(|tokens| is_inner(tokens));
    let (attributes, rest) = tokens.split_at(attributes.count() * 3);
    let mut begun: TokenStream = attributes.iter().cloned().collect();
    begun.extend(statements);
    begun.extend(rest.iter().cloned());
    let mut begun = Group::new(Delimiter::Brace, begun);
    begun.set_span(body.span());
    begun
}

/// Whether these tokens are `#![..]`.
fn is_inner(tokens: &[TokenTree]) -> bool {
    let [
        TokenTree::Punct(hash),
        TokenTree::Punct(bang),
        TokenTree::Group(_),
    ] = tokens
    else {
        return false;
    };
    hash.as_char() == '#' && bang.as_char() == '!'
}

/// The tokens without the calls of that macro, to look at all the rest.
#[cfg(test)]
pub(crate) fn without_imports(tokens: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == "complete_options" => {
                // The rest of its path, then the mark and what stands in its braces.
                let is_path = |token: &TokenTree| match token {
                    TokenTree::Punct(punct) => punct.as_char() == ':',
                    TokenTree::Ident(_) => true,
                    _ => false,
                };
                kept.truncate(
                    kept.iter()
                        .rposition(|token| !is_path(token))
                        .map_or(0, |at| at + 1),
                );
                tokens.by_ref().take(2).for_each(drop);
            }
            TokenTree::Group(group) => {
                let inner = without_imports(group.stream());
                kept.push(TokenTree::Group(Group::new(group.delimiter(), inner)));
            }
            token => kept.push(token),
        }
    }
    kept.into_iter().collect()
}
