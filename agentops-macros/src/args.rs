//! Grammar of what stands between the parentheses of an attribute.
//!
//! ```text
//! arguments := argument ("," argument)* ","?
//! argument  := key | key "=" ("?" | "%")? expression | key "(" arguments ")"
//! key       := word ("." word)* | "string literal"
//! ```
//!
//! Which keys exist and which form each takes is the business of `options`; only the
//! words of errors depend on an option's name here (`Level`). After a mistake the
//! parser skips to the next comma and goes on, so one list holds arguments and
//! mistakes in source order.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::token::{Brace, Bracket, Paren};
use syn::{Error, Expr, Ident, LitStr, Path, Result, Token, parenthesized};

/// One argument, or the mistake that stands in its place.
pub(crate) type Entry = Result<Argument>;

/// A key and what was said about it.
pub(crate) struct Argument {
    /// What stands before `=` or `(`.
    pub(crate) key: Key,
    /// What stands after it.
    pub(crate) value: Value,
}

/// The left side of an argument.
pub(crate) struct Key {
    /// The key as a plain string: `user.tier` for `user.tier` and `"user.tier"`.
    pub(crate) text: String,
    /// How the key was written.
    pub(crate) spelling: Spelling,
    /// The user's tokens, for errors.
    pub(crate) tokens: TokenStream,
}

/// How a key was written.
pub(crate) enum Spelling {
    /// One identifier.
    Word,
    /// Identifiers joined by dots.
    Dotted,
    /// A string literal.
    Literal(LitStr),
}

/// The right side of an argument.
pub(crate) enum Value {
    /// The key stands alone.
    Absent,
    /// `key =` with nothing after it; holds both tokens.
    Missing(TokenStream),
    /// `key = expr`, `key = ?expr` or `key = %expr`.
    Assigned {
        /// The `?` or `%`, if any.
        sigil: Option<Sigil>,
        /// The expression.
        expr: Expr,
    },
    /// `key(..)`.
    List(Vec<Entry>),
}

/// The mark in front of a value.
pub(crate) enum Sigil {
    /// `?`: through `Debug`.
    Debug(Token![?]),
    /// `%`: through `Display`.
    Display(Token![%]),
}

impl ToTokens for Sigil {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Debug(mark) => mark.to_tokens(tokens),
            Self::Display(mark) => mark.to_tokens(tokens),
        }
    }
}

/// What a list holds, for the words of its errors.
#[derive(Clone, Copy)]
enum Level {
    /// The attribute's own options.
    Options,
    /// The keys of one option, such as `fields(..)`.
    Keys,
    /// The arguments in `skip(..)`.
    Names,
    /// The strings in `tags(..)`.
    Tags,
}

/// Reads the whole argument list of an attribute.
pub(crate) fn parse(tokens: TokenStream) -> Vec<Entry> {
    let parser = |input: ParseStream<'_>| Ok(entries(input, Level::Options));
    parser
        .parse2(tokens)
        .unwrap_or_else(|error| vec![Err(error)])
}

fn entries(input: ParseStream<'_>, level: Level) -> Vec<Entry> {
    let mut entries = Vec::new();
    while !input.is_empty() {
        let entry = argument(input, level);
        let intact = entry.is_ok();
        entries.push(entry);
        if intact && !input.is_empty() && !input.peek(Token![,]) {
            entries.push(Err(input.error(level.missing_comma())));
        }
        skip_past_comma(input);
    }
    entries
}

fn argument(input: ParseStream<'_>, level: Level) -> Entry {
    let key = key(input, level)?;
    if input.peek(Token![=]) {
        let value = assigned(input, &key)?;
        return Ok(Argument { key, value });
    }
    if input.peek(Paren) {
        let content;
        parenthesized!(content in input);
        let value = Value::List(entries(&content, level.below(&key)));
        return Ok(Argument { key, value });
    }
    if input.peek(Bracket) || input.peek(Brace) {
        let key = &key.text;
        return Err(input.error(format!(
            "the list of `{key}` stands in parentheses: `{key}(..)`"
        )));
    }
    let value = Value::Absent;
    Ok(Argument { key, value })
}

fn key(input: ParseStream<'_>, level: Level) -> Result<Key> {
    if input.peek(LitStr) {
        let literal: LitStr = input.parse()?;
        return Ok(Key {
            text: literal.value(),
            tokens: literal.to_token_stream(),
            spelling: Spelling::Literal(literal),
        });
    }
    if !input.peek(Ident::peek_any) {
        return Err(input.error(level.expected(input)));
    }
    if input.peek2(Token![::]) {
        let path = input.call(Path::parse_mod_style)?;
        return Err(Error::new_spanned(path, level.path()));
    }
    let first = input.call(Ident::parse_any)?;
    let mut text = first.unraw().to_string();
    let mut tokens = first.into_token_stream();
    let mut spelling = Spelling::Word;
    while input.peek(Token![.]) {
        let dot: Token![.] = input.parse()?;
        if !input.peek(Ident::peek_any) {
            let message =
                format!("expected a word after `{text}.`; dotted keys are words joined by dots");
            return Err(Error::new_spanned(dot, message));
        }
        let word = input.call(Ident::parse_any)?;
        text = format!("{text}.{}", word.unraw());
        dot.to_tokens(&mut tokens);
        word.to_tokens(&mut tokens);
        spelling = Spelling::Dotted;
    }
    Ok(Key {
        text,
        spelling,
        tokens,
    })
}

fn assigned(input: ParseStream<'_>, key: &Key) -> Result<Value> {
    let mut written = key.tokens.clone();
    input.parse::<Token![=]>()?.to_tokens(&mut written);
    let sigil = if input.peek(Token![?]) {
        let mark: Token![?] = input.parse()?;
        mark.to_tokens(&mut written);
        Some(Sigil::Debug(mark))
    } else if input.peek(Token![%]) {
        let mark: Token![%] = input.parse()?;
        mark.to_tokens(&mut written);
        Some(Sigil::Display(mark))
    } else {
        None
    };
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(Value::Missing(written));
    }
    let expr = input.parse().map_err(|error| {
        let message = format!("no expression can be read after `{} =`: {error}", key.text);
        Error::new(error.span(), message)
    })?;
    Ok(Value::Assigned { sigil, expr })
}

fn skip_past_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
    // Absent at the end of the list, which is as good.
    let _ = input.parse::<Token![,]>();
}

impl Level {
    /// What the list of this option holds.
    fn below(self, option: &Key) -> Self {
        match (self, option.text.as_str()) {
            (Self::Options, "skip") => Self::Names,
            (Self::Options, "tags") => Self::Tags,
            _ => Self::Keys,
        }
    }

    fn missing_comma(self) -> &'static str {
        match self {
            Self::Options => "expected `,` between options",
            Self::Keys => "expected `,` between keys",
            Self::Names => "expected `,` between arguments",
            Self::Tags => "expected `,` between tags",
        }
    }

    fn expected(self, input: ParseStream<'_>) -> String {
        let found = found(input);
        match self {
            Self::Options => format!("expected an option such as `name = \"..\"`, found `{found}`"),
            Self::Keys => format!("expected a key such as `user.tier = expr`, found `{found}`"),
            Self::Names => format!("expected the name of an argument, found `{found}`"),
            Self::Tags => format!("expected a string literal such as `\"beta\"`, found `{found}`"),
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Options => {
                "an option is a single word, not a path; write it like `name = \"..\"`"
            }
            Self::Keys => {
                "a key is words joined by dots, not a path; write it like `user.tier = expr`"
            }
            Self::Names => "an argument is named by a single word, not by a path: `skip(a, b)`",
            Self::Tags => "a tag is a string literal: `\"beta\"`",
        }
    }
}

fn found(input: ParseStream<'_>) -> String {
    match input.fork().parse() {
        Ok(TokenTree::Group(group)) => match group.delimiter() {
            Delimiter::Parenthesis => "(".to_owned(),
            Delimiter::Bracket => "[".to_owned(),
            Delimiter::Brace => "{".to_owned(),
            Delimiter::None => group.to_string(),
        },
        Ok(token) => token.to_string(),
        Err(error) => error.to_string(),
    }
}
