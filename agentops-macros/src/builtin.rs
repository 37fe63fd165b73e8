//! Tell the compiler's own attributes from those that may be macros.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{Attribute, Meta};

/// Namespaces of the standard tools.
const TOOLS: &[&str] = &["clippy", "diagnostic", "miri", "rust_analyzer", "rustfmt"];

/// Attributes of the language that may stand on a function.
const LANGUAGE: &[&str] = &[
    "allow",
    "automatically_derived",
    "bench",
    "cfg",
    "cfg_attr",
    "cold",
    "coverage",
    "deny",
    "deprecated",
    "doc",
    "expect",
    "export_name",
    "forbid",
    "ignore",
    "inline",
    "instruction_set",
    "link_name",
    "link_section",
    "must_use",
    "no_mangle",
    "optimize",
    "panic_handler",
    "proc_macro",
    "proc_macro_attribute",
    "proc_macro_derive",
    "rustfmt",
    "should_panic",
    "target_feature",
    "test",
    "track_caller",
    "unsafe",
    "warn",
];

/// Whether some attribute may be a macro that will read the function after us.
///
/// Such a macro may need the word `async` (`#[tokio::main]`), the names of the
/// arguments (`skip(a)` of `#[tracing::instrument]`) or their attributes (`rstest`).
pub(crate) fn has_macro(attributes: &[Attribute]) -> bool {
    !attributes.iter().all(is_builtin)
}

/// Whether this is `#[cfg(..)]` or `#[cfg_attr(..)]`.
pub(crate) fn is_cfg(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr")
}

fn is_builtin(attribute: &Attribute) -> bool {
    let path = attribute.path();
    let Some(first) = path.segments.first() else {
        return false;
    };
    match &attribute.meta {
        Meta::List(list) if path.is_ident("cfg_attr") => brings_builtins(list.tokens.clone()),
        _ => is_known(&first.ident, path.segments.len() > 1),
    }
}

/// Whether none of the attributes in `cfg_attr(..)` may be a macro.
fn brings_builtins(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',');
    // The first is the condition.
    let mut attributes = tokens.split(is_comma).skip(1);
    attributes.all(|attribute| match attribute {
        [] => true,
        [TokenTree::Ident(word), TokenTree::Group(inner)] if word == "cfg_attr" => {
            brings_builtins(inner.stream())
        }
        [TokenTree::Ident(word), rest @ ..] => {
            let in_path = matches!(rest, [TokenTree::Punct(mark), ..] if mark.as_char() == ':');
            is_known(word, in_path)
        }
        _ => false,
    })
}

fn is_known(first: &Ident, in_path: bool) -> bool {
    let known = if in_path { TOOLS } else { LANGUAGE };
    known.iter().any(|word| first == word)
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn attributes_of_compiler_and_tools_are_no_macros() {
        assert!(!has_macro(&[
            parse_quote!(#[inline(always)]),
            parse_quote!(#[clippy::msrv = "1.80"]),
            parse_quote!(#[doc = "text"]),
            parse_quote!(#[unsafe(no_mangle)]),
        ]));
    }

    #[test]
    fn conditional_attributes_are_what_they_bring() {
        assert!(!has_macro(&[
            parse_quote!(#[cfg_attr(all(test, unix), inline, allow(dead_code), clippy::msrv = "1.80",)]),
            parse_quote!(#[cfg_attr(test, cfg_attr(unix, doc = "text"))]),
        ]));
        assert!(has_macro(&[
            parse_quote!(#[cfg_attr(not(test), async_trait)])
        ]));
        assert!(has_macro(&[
            parse_quote!(#[cfg_attr(test, inline, cfg_attr(unix, tokio::main))])
        ]));
        assert!(has_macro(&[parse_quote!(#[cfg_attr(test, ::tokio::test)])]));
    }

    #[test]
    fn anything_else_may_be_one() {
        assert!(has_macro(&[
            parse_quote!(#[inline]),
            parse_quote!(#[tokio::main])
        ]));
        assert!(has_macro(&[parse_quote!(#[instrument(skip(a))])]));
    }
}
