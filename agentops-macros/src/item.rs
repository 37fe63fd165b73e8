//! What was annotated: a function with its body unparsed, or something else.
//!
//! The body stays a token group. That is faster, keeps the user's braces (whose
//! span several lints and the edition rules look at), and works on half-typed code.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Error, Ident, LitStr, Meta, Result, Signature, Token, Visibility, braced};

use crate::diagnostics::Errors;

/// A function that can be instrumented.
pub(crate) struct Function {
    /// Attributes in front of it, doc comments included.
    pub(crate) outer: Vec<Attribute>,
    /// Attributes at the beginning of its body.
    pub(crate) inner: Vec<Attribute>,
    /// Its visibility.
    pub(crate) visibility: Visibility,
    /// `default` of a specialisable method.
    pub(crate) defaultness: Option<Token![default]>,
    /// Everything from `const` to the `where` clause.
    pub(crate) signature: Signature,
    /// The braces and what is between them, inner attributes aside.
    pub(crate) body: Group,
}

impl Function {
    /// Whether it is `#[track_caller]`, and so has to run where it is.
    pub(crate) fn is_tracked(&self) -> bool {
        let attributes = self.outer.iter().chain(&self.inner);
        let is_sync = self.signature.asyncness.is_none();
        is_sync
            && attributes
                .into_iter()
                .any(|attribute| attribute.path().is_ident("track_caller"))
    }
}

/// The annotated item as it was found.
pub(crate) enum Item {
    /// A function with a body.
    Function(Box<Function>),
    /// A function without a body.
    Declaration {
        /// Its signature and semicolon.
        tokens: TokenStream,
        /// Whether it is a method, and so in a trait.
        has_receiver: bool,
    },
    /// An `impl` block.
    Block {
        /// The word `impl`.
        keyword: Span,
    },
    /// Anything else.
    Other {
        /// The word that tells what it is.
        keyword: Span,
        /// What it is, with its article.
        what: &'static str,
        /// What to annotate instead.
        instead: &'static str,
    },
}

impl Item {
    /// Reads the item an attribute stands on.
    pub(crate) fn parse(tokens: TokenStream) -> Result<Self> {
        let mut head: Vec<TokenTree> = tokens.into_iter().collect();
        let Some(TokenTree::Group(last)) = head.last_mut() else {
            return syn::parse2(head.into_iter().collect());
        };
        if last.delimiter() != Delimiter::Brace {
            return syn::parse2(head.into_iter().collect());
        }
        // A parser reads all it is given into buffers of its own; of a body it is not
        // given more than an attribute at its beginning.
        let span = last.span();
        let mut short = Group::new(Delimiter::Brace, TokenStream::new());
        short.set_span(span);
        let mut body = std::mem::replace(last, short);
        let mut item: Self = syn::parse2(head.into_iter().collect())?;
        if let Self::Function(function) = &mut item {
            if begins_with_attribute(&body.stream()) {
                let parser = |input: ParseStream<'_>| {
                    let inner = input.call(Attribute::parse_inner)?;
                    Ok((inner, input.parse::<TokenStream>()?))
                };
                let (inner, rest) = parser.parse2(body.stream())?;
                function.inner = inner;
                body = Group::new(Delimiter::Brace, rest);
                body.set_span(span);
            }
            function.body = body;
        }
        Ok(item)
    }

    /// The signature of a function with a body.
    pub(crate) fn signature(&self) -> Option<&Signature> {
        match self {
            Self::Function(function) => Some(&function.signature),
            _ => None,
        }
    }

    /// The function, unless a recording at run time is impossible in it.
    pub(crate) fn into_function(self, attribute: &str, errors: &mut Errors) -> Option<Function> {
        let function = match self {
            Self::Function(function) => *function,
            Self::Declaration {
                tokens,
                has_receiver,
            } => {
                let instead = if has_receiver {
                    "put it on the method in each `impl`, or give this one a default body"
                } else {
                    "put it on a function that calls this one, or on the one in each `impl`"
                };
                errors.over(
                    tokens,
                    format!("`#[agentops::{attribute}]` needs a body; {instead}"),
                );
                return None;
            }
            Self::Block { keyword } => {
                let instead = match attribute {
                    "session" => "a session starts at one entry point, so annotate that method",
                    _ => "annotate the methods in it",
                };
                errors.at(
                    keyword,
                    format!(
                        "`#[agentops::{attribute}]` goes on functions, not on an impl block; {instead} (`agent`, `llm_call` and `tool` may stand on an `impl`)"
                    ),
                );
                return None;
            }
            Self::Other {
                keyword,
                what,
                instead,
            } => {
                errors.at(
                    keyword,
                    format!(
                        "`#[agentops::{attribute}]` goes on functions, not on {what}; {instead}"
                    ),
                );
                return None;
            }
        };
        for attr in &function.outer {
            if is_ours(attr, attribute) {
                errors.over(
                    attr.path(),
                    format!("`#[agentops::{attribute}]` is given twice; remove one of the two"),
                );
            }
        }
        function.check_recordable(
            attribute,
            "remove `const`, or annotate the caller",
            "annotate the function that calls it",
            errors,
        );
        Some(function)
    }
}

impl Function {
    /// Reports what makes recording at run time impossible, each with what to do about it.
    pub(crate) fn check_recordable(
        &self,
        attribute: &str,
        instead_of_const: &str,
        instead_of_variadic: &str,
        errors: &mut Errors,
    ) {
        let signature = &self.signature;
        if let Some(constness) = &signature.constness {
            let mut place = constness.to_token_stream();
            signature.fn_token.to_tokens(&mut place);
            errors.over(
                place,
                format!("`#[agentops::{attribute}]` cannot be used on a `const fn`, because nothing can be recorded at compile time; {instead_of_const}"),
            );
        }
        if let Some(variadic) = &signature.variadic {
            errors.over(
                variadic.dots,
                format!("`#[agentops::{attribute}]` cannot wrap a C-variadic function; {instead_of_variadic}"),
            );
        }
    }
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let outer = input.call(Attribute::parse_outer)?;
        if at_function(input) {
            return Self::function(outer, input);
        }
        input.parse::<Visibility>()?;
        let item = other(&input.fork());
        input.parse::<TokenStream>()?;
        Ok(item)
    }
}

/// The word `gen` of a `gen fn` or `async gen fn`.
fn generator(input: ParseStream<'_>) -> Option<Ident> {
    input.parse::<Option<Token![async]>>().ok()?;
    let word = input.call(Ident::parse_any).ok()?;
    (word == "gen").then_some(word)
}

impl Item {
    /// Reads a function behind its attributes, with or without a body.
    pub(crate) fn function(outer: Vec<Attribute>, input: ParseStream<'_>) -> Result<Self> {
        let visibility = input.parse()?;
        let defaultness = input.parse()?;
        let safe = foreign_safe(input)?;
        if let Some(generator) = generator(&input.fork()) {
            let message = "a generator cannot be recorded; write a function that returns an `impl Iterator` or an `impl Stream`";
            return Err(Error::new(generator.span(), message));
        }
        let signature: Signature = input.parse().map_err(|error: Error| {
            let message = format!("the signature of this function cannot be read: {error}");
            Error::new(error.span(), message)
        })?;
        if input.peek(Token![;]) {
            let mut tokens = safe.into_token_stream();
            signature.to_tokens(&mut tokens);
            input.parse::<Token![;]>()?.to_tokens(&mut tokens);
            let has_receiver = signature.receiver().is_some();
            return Ok(Self::Declaration {
                tokens,
                has_receiver,
            });
        }
        let content;
        let braces = braced!(content in input);
        let inner = content.call(Attribute::parse_inner)?;
        let mut body = Group::new(Delimiter::Brace, content.parse()?);
        body.set_span(braces.span.join());
        Ok(Self::Function(Box::new(Function {
            outer,
            inner,
            visibility,
            defaultness,
            signature,
            body,
        })))
    }
}

/// Takes the first attribute that `find` knows off an item.
///
/// Yields what it was found to be, its arguments, and the item without it.
pub(crate) fn take_attribute<T>(
    item: TokenStream,
    find: impl Fn(&Attribute) -> Option<T>,
) -> Option<(T, TokenStream, TokenStream)> {
    let parser = |input: ParseStream<'_>| {
        let attributes = input.call(Attribute::parse_outer)?;
        Ok((attributes, input.parse::<TokenStream>()?))
    };
    let (mut attributes, rest) = parser.parse2(item).ok()?;
    let mut numbered = attributes.iter().enumerate();
    let (index, found) = numbered.find_map(|(index, attribute)| Some((index, find(attribute)?)))?;
    let args = match attributes.remove(index).meta {
        Meta::Path(_) => TokenStream::new(),
        Meta::List(list) => list.tokens,
        Meta::NameValue(_) => return None,
    };
    let mut item = TokenStream::new();
    for attribute in attributes {
        attribute.to_tokens(&mut item);
    }
    item.extend(rest);
    Some((found, args, item))
}

/// Whether some tokens begin with `#!`.
fn begins_with_attribute(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    let mut is_next =
        |mark| matches!(tokens.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
    is_next('#') && is_next('!')
}

/// Whether `attr` is the attribute of ours that has this name.
pub(crate) fn is_ours(attr: &Attribute, attribute: &str) -> bool {
    let segments = &attr.path().segments;
    segments.len() == 2 && segments[0].ident == "agentops" && segments[1].ident == attribute
}

/// `safe fn f();` of an `unsafe extern` block, which a signature does not allow.
fn foreign_safe(input: ParseStream<'_>) -> Result<Option<Ident>> {
    let fork = input.fork();
    match fork.call(Ident::parse_any) {
        Ok(word) if word == "safe" => input.call(Ident::parse_any).map(Some),
        _ => Ok(None),
    }
}

/// Whether a function comes next: only qualifiers stand before the word `fn`.
pub(crate) fn at_function(input: ParseStream<'_>) -> bool {
    let input = &input.fork();
    if input.parse::<Visibility>().is_err() {
        return false;
    }
    while let Ok(word) = input.call(Ident::parse_any) {
        match word.to_string().as_str() {
            "fn" => return true,
            "extern" if input.peek(LitStr) => {
                if input.parse::<LitStr>().is_err() {
                    return false;
                }
            }
            "default" | "const" | "async" | "gen" | "unsafe" | "safe" | "extern" => {}
            _ => return false,
        }
    }
    false
}

/// Finds the word that tells what a non-function is.
fn other(input: ParseStream<'_>) -> Item {
    let start = input.span();
    while let Ok(word) = input.call(Ident::parse_any) {
        if word == "impl" {
            let keyword = word.span();
            return Item::Block { keyword };
        }
        if let Some((what, instead)) = described(&word, input.peek(Token![!])) {
            let keyword = word.span();
            return Item::Other {
                keyword,
                what,
                instead,
            };
        }
        if !matches!(
            word.to_string().as_str(),
            "unsafe" | "auto" | "default" | "safe"
        ) {
            break;
        }
    }
    Item::Other {
        keyword: start,
        what: "this",
        instead: "annotate the function that does the work",
    }
}

fn described(word: &Ident, bang: bool) -> Option<(&'static str, &'static str)> {
    let elsewhere = "annotate the method or function that does the work";
    let user = "annotate the function that uses it";
    let text = word.to_string();
    Some(match text.as_str() {
        _ if bang => ("a macro", "annotate the function inside it"),
        "struct" => ("a struct", elsewhere),
        "enum" => ("an enum", elsewhere),
        "union" => ("a union", elsewhere),
        "mod" => ("a module", "annotate the functions in it"),
        "trait" => (
            "a trait",
            "annotate its default methods, and the methods in each `impl`",
        ),
        "const" => ("a constant", user),
        "static" => ("a static", user),
        "type" => ("a type alias", elsewhere),
        "use" => ("an import", "annotate the function where it is written"),
        "extern" => ("an extern item", "annotate a function that calls into it"),
        _ => return None,
    })
}
