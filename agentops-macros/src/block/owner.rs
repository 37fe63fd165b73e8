//! The type that a block is about, as spans name it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Error, ItemImpl, Result, Type};

/// The attributes in front of a block, and what its type is called.
pub(crate) fn read(head: &TokenStream) -> Result<(Vec<Attribute>, String)> {
    let mut item = head.clone();
    Group::new(Delimiter::Brace, TokenStream::new()).to_tokens(&mut item);
    let block: ItemImpl = syn::parse2(item).map_err(|error| {
        let message = format!("the head of this block cannot be read: {error}");
        Error::new(error.span(), message)
    })?;
    Ok((block.attrs, name(&block.self_ty)))
}

/// The last word of a path, the text of any other type.
fn name(found: &Type) -> String {
    match found {
        Type::Group(inner) => name(&inner.elem),
        Type::Paren(inner) => name(&inner.elem),
        Type::Path(path) => match path.path.segments.last() {
            Some(last) => last.ident.unraw().to_string(),
            None => compact(found.to_token_stream()),
        },
        _ => compact(found.to_token_stream()),
    }
}

/// The tokens as one would type them.
fn compact(tokens: TokenStream) -> String {
    let mut text = String::new();
    write(tokens, &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                mark @ (',' | ';') => text.extend([mark, ' ']),
                mark @ ('+' | '=') => text.extend([' ', mark, ' ']),
                mark => text.push(mark),
            },
            word => {
                if text.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is_called(head: &str, expected: &str) {
        let (_, name) = read(&head.parse().unwrap()).unwrap();
        assert_eq!(name, expected, "{head}");
    }

    #[test]
    fn paths_are_called_by_their_last_word() {
        is_called("impl Search", "Search");
        is_called(
            "impl<T: Ord> crate::tools::Search<T> where T: Copy",
            "Search",
        );
        is_called(
            "unsafe impl<'a> Tool<{ N }> for Search<'a, { N }>",
            "Search",
        );
        is_called("impl Tool for <A as B>::C", "C");
        is_called("impl Tool for r#type", "type");
        is_called("#[cfg(unix)] impl !Tool for (Search)", "Search");
    }

    #[test]
    fn other_types_are_called_by_their_text() {
        is_called("impl Tool for &'a mut Search<T>", "&'a mut Search<T>");
        is_called("impl Tool for [u8; 4]", "[u8; 4]");
        is_called("impl Tool for (A, Vec<B>)", "(A, Vec<B>)");
        is_called("impl dyn Tool + Send", "dyn Tool + Send");
        is_called("impl Tool for fn(A) -> B", "fn(A)->B");
    }
}
