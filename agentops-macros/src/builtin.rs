//! Tell the compiler's own attributes from those that may be macros.

use syn::Attribute;

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
    let known = if path.segments.len() > 1 {
        TOOLS
    } else {
        LANGUAGE
    };
    path.segments
        .first()
        .is_some_and(|first| known.iter().any(|word| first.ident == word))
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
    fn anything_else_may_be_one() {
        assert!(has_macro(&[
            parse_quote!(#[inline]),
            parse_quote!(#[tokio::main])
        ]));
        assert!(has_macro(&[parse_quote!(#[instrument(skip(a))])]));
    }
}
