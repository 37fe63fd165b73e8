//! Which arguments are captured, and under which keys.

use syn::ext::IdentExt;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, FnArg, Pat, PatIdent, PatType, Signature};

use crate::settings::Content;

/// One entry per argument, receiver aside: its key, or none if it is not captured.
pub(crate) fn keys(signature: &Signature, content: &Content) -> Vec<Option<String>> {
    let arguments = typed(signature).enumerate();
    arguments
        .map(|(index, argument)| {
            let names = bindings(&argument.pat);
            let skipped = names.iter().any(|name| content.skipped.contains(name));
            if skipped || !content.kept || is_wild(&argument.pat) {
                return None;
            }
            Some(name(&argument.pat).unwrap_or_else(|| format!("arg{index}")))
        })
        .collect()
}

/// What a pattern calls the whole of an argument, if anything.
///
/// A wrapper such as `Json(body)` is called by what is in it; a field of a struct
/// would be a name for too much.
fn name(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(found) => Some(found.ident.unraw().to_string()),
        Pat::Paren(inner) => name(&inner.pat),
        Pat::Reference(inner) => name(&inner.pat),
        Pat::TupleStruct(wrapper) if wrapper.elems.len() == 1 => name(&wrapper.elems[0]),
        _ => None,
    }
}

/// Every name that the arguments bind, in order.
pub(crate) fn names(signature: &Signature) -> Vec<String> {
    let patterns = typed(signature).map(|argument| argument.pat.as_ref());
    patterns.flat_map(bindings).collect()
}

fn typed(signature: &Signature) -> impl Iterator<Item = &PatType> {
    signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => Some(argument),
        FnArg::Receiver(_) => None,
    })
}

fn is_wild(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Paren(inner) => is_wild(&inner.pat),
        _ => false,
    }
}

/// The names that a pattern binds, each once.
fn bindings(pattern: &Pat) -> Vec<String> {
    let mut finder = Finder { names: Vec::new() };
    finder.visit_pat_mut(&mut pattern.clone());
    finder.names
}

/// Collects the names in a pattern.
struct Finder {
    /// The names so far, without `r#`.
    names: Vec<String>,
}

impl VisitMut for Finder {
    fn visit_pat_ident_mut(&mut self, found: &mut PatIdent) {
        let name = found.ident.unraw().to_string();
        if !self.names.contains(&name) {
            self.names.push(name);
        }
        visit_mut::visit_pat_ident_mut(self, found);
    }

    fn visit_expr_mut(&mut self, _: &mut Expr) {}
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[track_caller]
    fn assert_keys(signature: &Signature, skipped: &[&str], expected: &[Option<&str>]) {
        let content = Content {
            kept: true,
            skipped: skipped.iter().map(|&name| name.to_owned()).collect(),
            skips: !skipped.is_empty(),
        };
        let found = keys(signature, &content);
        let found: Vec<_> = found.iter().map(Option::as_deref).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_argument_is_called_by_the_name_of_its_whole() {
        assert_keys(
            &parse_quote!(fn run(&self, a: A, mut b: B, r#type: T, Json(c): Json<C>, &d: &D, _e: E)),
            &[],
            &[
                Some("a"),
                Some("b"),
                Some("type"),
                Some("c"),
                Some("d"),
                Some("_e"),
            ],
        );
        assert_keys(
            &parse_quote!(fn run(whole @ [first, ..]: [u8; 2])),
            &[],
            &[Some("whole")],
        );
    }

    #[test]
    fn other_patterns_are_numbered() {
        assert_keys(
            &parse_quote!(fn run(&self, (a, b): (A, B), _: C, (): (), Point { x, .. }: Point, Pair(c, _): Pair)),
            &[],
            &[Some("arg0"), None, Some("arg2"), Some("arg3"), Some("arg4")],
        );
    }

    #[test]
    fn a_pattern_is_skipped_with_any_of_its_names() {
        assert_keys(
            &parse_quote!(fn run((a, b): (A, B), c: C, (Some(d) | Ok(d)): D)),
            &["b", "d"],
            &[None, Some("c"), None],
        );
    }

    #[test]
    fn nothing_is_captured_without_content() {
        let content = Content {
            kept: false,
            skipped: Vec::new(),
            skips: false,
        };
        let signature = parse_quote!(fn run(a: A, b: B));
        assert_eq!(keys(&signature, &content), [None, None]);
    }
}
