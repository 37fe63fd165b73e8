//! Grammar of what stands between the parentheses of an attribute.
//!
//! ```text
//! arguments := argument ("," argument)* ","?
//! argument  := key | key "=" ("?" | "%")? expression | key "(" arguments ")"
//! key       := word ("." word)* | "string literal"
//! ```
//!
//! In lists of keys a key may be a constant, `{KEY}`; in `args(..)` a mark may stand
//! before a name, `?a`; in `ret(..)` and `err(..)` a closure may stand alone.
//!
//! Which keys exist and which form each takes is the business of `options`; only the
//! words of errors depend on an option's name here (`Level`). After a mistake the
//! parser skips to the next comma and goes on, so one list holds arguments and
//! mistakes in source order.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::token::{Brace, Bracket, Paren};
use syn::{Error, Expr, Ident, LitStr, Path, Result, Token, parenthesized};

use crate::suggest;

/// One argument, or the mistake that stands in its place.
pub(crate) type Entry = Result<Argument>;

/// A key and what was said about it.
pub(crate) struct Argument {
    /// The `?` or `%` before a key that stands alone.
    pub(crate) mark: Option<Sigil>,
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
    /// A constant in braces.
    Constant(Expr),
    /// A closure.
    Closure(Expr),
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
    /// The arguments in `args(..)`.
    Arguments,
    /// What `ret(..)` says.
    Returned,
    /// What `err(..)` says.
    Failed,
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
    let mark = match level {
        Level::Arguments => sigil(input)?,
        _ => None,
    };
    let key = key(input, level)?;
    let value = value(input, level, &key)?;
    Ok(Argument { mark, key, value })
}

fn value(input: ParseStream<'_>, level: Level, key: &Key) -> Result<Value> {
    if input.peek(Token![=]) {
        return assigned(input, key);
    }
    if input.peek(Paren) {
        let content;
        parenthesized!(content in input);
        return Ok(Value::List(entries(&content, level.below(key))));
    }
    if input.peek(Bracket) || input.peek(Brace) {
        let key = &key.text;
        return Err(input.error(format!(
            "the list of `{key}` stands in parentheses: `{key}(..)`"
        )));
    }
    Ok(Value::Absent)
}

/// The `?` or `%` that stands here, if any.
fn sigil(input: ParseStream<'_>) -> Result<Option<Sigil>> {
    Ok(if input.peek(Token![?]) {
        Some(Sigil::Debug(input.parse()?))
    } else if input.peek(Token![%]) {
        Some(Sigil::Display(input.parse()?))
    } else {
        None
    })
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
    if level.takes_constants() && input.peek(Brace) {
        return constant(input);
    }
    if level.takes_closures() && (is_closure(input) || is_function(input)) {
        let closure: Expr = input.parse()?;
        return Ok(Key {
            text: String::new(),
            tokens: closure.to_token_stream(),
            spelling: Spelling::Closure(closure),
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

/// `{KEY}`, whose text is not known here.
fn constant(input: ParseStream<'_>) -> Result<Key> {
    let group: Group = input.parse()?;
    let parsed = syn::parse2::<Expr>(group.stream());
    let constant = parsed.map_err(|_| {
        Error::new(
            group.span(),
            "a key in braces is a constant: `{KEY} = expr`",
        )
    })?;
    Ok(Key {
        text: group.to_string(),
        tokens: group.into_token_stream(),
        spelling: Spelling::Constant(constant),
    })
}

/// Whether the name of a function stands here: a path, or a word in small letters alone.
fn is_function(input: ParseStream<'_>) -> bool {
    if input.peek(Ident::peek_any) && input.peek2(Token![::]) || input.peek(Token![::]) {
        return true;
    }
    let is_alone = !input.peek2(Token![=]) && !input.peek2(Paren);
    let is_word = |word: Ident| {
        let word = word.to_string();
        // Those say something else, however they are written.
        let is_known = suggest::nearest(&word, ["debug", "display", "fields", "json"]).is_some();
        !is_known && word.starts_with(char::is_lowercase)
    };
    is_alone && input.fork().parse().is_ok_and(is_word)
}

fn is_closure(input: ParseStream<'_>) -> bool {
    input.peek(Token![|]) || input.peek(Token![||]) || input.peek(Token![move])
}

fn assigned(input: ParseStream<'_>, key: &Key) -> Result<Value> {
    let mut written = key.tokens.clone();
    input.parse::<Token![=]>()?.to_tokens(&mut written);
    let sigil = sigil(input)?;
    sigil.to_tokens(&mut written);
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
            (Self::Options, "args") => Self::Arguments,
            (Self::Options, "ret") => Self::Returned,
            (Self::Options, "err") => Self::Failed,
            _ => Self::Keys,
        }
    }

    fn takes_constants(self) -> bool {
        matches!(self, Self::Keys)
    }

    fn takes_closures(self) -> bool {
        matches!(self, Self::Returned | Self::Failed)
    }

    fn missing_comma(self) -> &'static str {
        match self {
            Self::Options => "expected `,` between options",
            Self::Keys => "expected `,` between keys",
            Self::Names | Self::Arguments => "expected `,` between arguments",
            Self::Returned | Self::Failed => "expected `,` between what is recorded",
            Self::Tags => "expected `,` between tags",
        }
    }

    fn expected(self, input: ParseStream<'_>) -> String {
        let found = found(input);
        match self {
            Self::Options => format!("expected an option such as `name = \"..\"`, found `{found}`"),
            Self::Keys => format!("expected a key such as `user.tier = expr`, found `{found}`"),
            Self::Names => format!("expected the name of an argument, found `{found}`"),
            Self::Arguments => {
                format!("expected an argument `a`, `?a`, `%a` or `key = expr`, found `{found}`")
            }
            Self::Returned => format!(
                "expected `Debug`, `Display`, `Json`, a closure `|value| ..` or `fields(..)`, found `{found}`"
            ),
            Self::Failed => format!(
                "expected `Debug`, `Display`, a closure `|error| ..` or `type = |error| ..`, found `{found}`"
            ),
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
            Self::Arguments => {
                "an argument is named by a single word, not by a path: `args(a, key = expr)`"
            }
            // There it is the name of a function.
            Self::Returned | Self::Failed => "a path is the name of a function here",
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
