//! What stands between the braces of a block, one thing after the other.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use syn::buffer::Cursor;
use syn::parse::ParseStream;
use syn::{Attribute, Result, Token};

use super::mark;
use crate::diagnostics::Errors;
use crate::families;
use crate::item::{Function, Item, at_function};

/// What is said of a method in which nothing can be recorded.
const LEFT_OUT: &str = "put `#[agentops(skip)]` on it";

/// A method, constant, type or macro call.
pub(crate) struct Member {
    /// Its tokens as they were found, without marks.
    pub(crate) bare: TokenStream,
    /// What is to be instrumented, if it is that.
    pub(crate) method: Option<Box<Function>>,
}

/// Reads all of them, and reports what is wrong with any.
pub(crate) fn members(
    input: ParseStream<'_>,
    attribute: &str,
    errors: &mut Errors,
) -> Result<Vec<Member>> {
    let begin = input.cursor();
    input.call(Attribute::parse_inner)?;
    let mut members = vec![Member {
        bare: between(begin, input.cursor()),
        method: None,
    }];
    while !input.is_empty() {
        members.push(member(input, attribute, errors)?);
    }
    Ok(members)
}

fn member(input: ParseStream<'_>, attribute: &str, errors: &mut Errors) -> Result<Member> {
    let begin = input.cursor();
    let attributes = input.call(Attribute::parse_outer)?;
    let behind_attributes = input.cursor();
    let (marks, outer): (Vec<_>, Vec<_>) = attributes.into_iter().partition(mark::is_mark);
    let mut bare = TokenStream::new();
    if marks.is_empty() {
        bare.extend(between(begin, behind_attributes));
    } else {
        bare.append_all(&outer);
    }
    let is_function = at_function(input);
    for mark in &marks {
        if is_function {
            mark::check(mark, errors);
        } else {
            mark::misplaced(mark, errors);
        }
    }
    // The nearest wins: what a method says of itself, or that it is left out.
    let left_out = !marks.is_empty() || outer.iter().any(|attr| families::of(attr).is_some());
    let mut method = None;
    if is_function {
        let found = function(outer, input);
        if !left_out {
            method = errors.keep(found).flatten();
        }
    } else {
        skip(input, false);
    }
    if let Some(method) = &method {
        method.check_recordable(attribute, LEFT_OUT, LEFT_OUT, errors);
    }
    bare.extend(between(behind_attributes, input.cursor()));
    Ok(Member { bare, method })
}

/// Reads a function, or goes behind one that cannot be read; none is one without a body.
fn function(outer: Vec<Attribute>, input: ParseStream<'_>) -> Result<Option<Box<Function>>> {
    match Item::function(outer, input) {
        Ok(Item::Function(function)) => Ok(Some(function)),
        Ok(_) => Ok(None),
        Err(error) => {
            skip(input, true);
            Err(error)
        }
    }
}

/// Goes behind the `;` or the braces that end a function, a macro call or anything else.
fn skip(input: ParseStream<'_>, is_function: bool) {
    let mut behind_bang = false;
    while let Ok(token) = input.parse::<TokenTree>() {
        // Braces among generics are no body.
        let in_generics = input.peek(Token![>]) || input.peek(Token![,]);
        let is_body = is_function && is_braces(&token) && !in_generics;
        if is_body || ends(&token, behind_bang) {
            return;
        }
        behind_bang = is_punct(&token, '!');
    }
}

/// Whether a constant, type or macro call ends with this token.
fn ends(token: &TokenTree, behind_bang: bool) -> bool {
    match token {
        // What a `macro_rules!` was given may be a part of an item or a whole one.
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            let mut behind_bang = false;
            let mut ended = false;
            for token in group.stream() {
                ended = ends(&token, behind_bang);
                behind_bang = is_punct(&token, '!');
            }
            ended
        }
        token => is_punct(token, ';') || behind_bang && is_braces(token),
    }
}

fn is_punct(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// The tokens from one place up to another.
fn between(begin: Cursor<'_>, end: Cursor<'_>) -> TokenStream {
    let mut tokens = TokenStream::new();
    let mut place = begin;
    while place != end
        && let Some((token, next)) = place.token_tree()
    {
        token.to_tokens(&mut tokens);
        place = next;
    }
    tokens
}
