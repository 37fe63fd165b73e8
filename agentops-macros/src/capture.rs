//! Which arguments are captured, under which keys and in which form.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, FnArg, Pat, PatIdent, PatType, Signature};

use crate::settings::{Content, Form, Listed};

/// What is captured at the beginning of a function.
pub(crate) struct Captures {
    /// The receiver, if it is.
    pub(crate) receiver: Option<Capture>,
    /// One entry per argument, receiver aside.
    pub(crate) arguments: Vec<Option<Capture>>,
    /// What is computed once the arguments are bound.
    pub(crate) computed: Vec<Computed>,
}

/// How an argument is captured.
#[derive(Clone)]
pub(crate) struct Capture {
    /// What it is called in the record.
    pub(crate) key: String,
    /// How it is turned into content.
    pub(crate) form: Form,
    /// Where an option names it; empty where none does.
    pub(crate) place: TokenStream,
}

/// What is captured besides arguments.
pub(crate) struct Computed {
    /// What it is called in the record, and in which form it is there.
    pub(crate) capture: Capture,
    /// An expression over the user's own names.
    pub(crate) value: TokenStream,
}

impl Captures {
    /// Whether there are any.
    pub(crate) fn is_empty(&self) -> bool {
        let arguments = self.arguments.iter().flatten().count();
        self.receiver.is_none() && arguments == 0 && self.computed.is_empty()
    }
}

/// Decides what is captured of the arguments of a function.
pub(crate) fn captures(signature: &Signature, content: &Content) -> Captures {
    let listed = content.listed.as_deref();
    let arguments: Vec<_> = typed(signature)
        .enumerate()
        .map(|(index, argument)| match listed {
            _ if !content.kept => None,
            None => unlisted(index, &argument.pat, &content.skipped),
            Some(listed) => whole(&argument.pat, listed),
        })
        .collect();
    let listed = listed.filter(|_| content.kept).unwrap_or_default();
    let is_whole = |listed: &&Listed| {
        let mut wholes = arguments.iter().flatten();
        listed.name == "self" || wholes.any(|whole| whole.key == listed.name)
    };
    let receiver = listed
        .iter()
        .find(|listed| listed.name == "self" && listed.computed.is_none());
    let computed = listed
        .iter()
        .filter(|listed| listed.computed.is_some() || !is_whole(listed))
        .map(computed);
    Captures {
        receiver: receiver.map(capture),
        computed: computed.collect(),
        arguments,
    }
}

/// All arguments are captured but those of which some part is skipped.
fn unlisted(index: usize, pattern: &Pat, skipped: &[String]) -> Option<Capture> {
    let names = bindings(pattern);
    let is_skipped = names.iter().any(|name| skipped.contains(name));
    (!is_skipped && !is_wild(pattern)).then(|| Capture {
        key: name(pattern).unwrap_or_else(|| format!("arg{index}")),
        form: Form::Value,
        place: TokenStream::new(),
    })
}

/// An argument is captured whose whole is listed.
fn whole(pattern: &Pat, listed: &[Listed]) -> Option<Capture> {
    let name = name(pattern)?;
    let found = listed
        .iter()
        .find(|listed| listed.name == name && listed.computed.is_none());
    found.map(capture)
}

fn capture(listed: &Listed) -> Capture {
    Capture {
        key: listed.name.clone(),
        form: listed.form,
        place: listed.tokens.clone(),
    }
}

/// What is computed; a part of an argument is what its pattern binds.
fn computed(listed: &Listed) -> Computed {
    Computed {
        capture: capture(listed),
        value: match &listed.computed {
            Some(expr) => quote::ToTokens::to_token_stream(expr),
            None => listed.tokens.clone(),
        },
    }
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

    fn content(skipped: &[&str], kept: bool) -> Content {
        Content {
            kept,
            skipped: skipped.iter().map(|&name| name.to_owned()).collect(),
            listed: None,
            refined: None,
        }
    }

    fn keys(signature: &Signature, content: &Content) -> Vec<Option<String>> {
        let captured = captures(signature, content).arguments.into_iter();
        captured.map(|capture| Some(capture?.key)).collect()
    }

    #[track_caller]
    fn assert_keys(signature: &Signature, skipped: &[&str], expected: &[Option<&str>]) {
        let found = keys(signature, &content(skipped, true));
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
        let signature = parse_quote!(fn run(a: A, b: B));
        assert_eq!(keys(&signature, &content(&[], false)), [None, None]);
    }

    #[test]
    fn what_is_listed_is_captured_alone() {
        let listed = |name: &str, computed| Listed {
            name: name.to_owned(),
            tokens: name.parse().unwrap(),
            form: Form::Debug,
            computed,
        };
        let content = Content {
            listed: Some(vec![
                listed("self", None),
                listed("b", None),
                listed("d", None),
                listed("len", Some(parse_quote!(a.len()))),
            ]),
            ..content(&[], true)
        };
        let signature = parse_quote!(fn run(&self, a: A, b: B, (c, d): (C, D)));
        let captures = captures(&signature, &content);
        assert!(captures.receiver.is_some());
        assert_eq!(
            keys(&signature, &content),
            [None, Some("b".to_owned()), None]
        );
        let computed = captures.computed.iter();
        let computed: Vec<_> = computed
            .map(|each| (each.capture.key.as_str(), each.value.to_string()))
            .collect();
        assert_eq!(
            computed,
            [("d", "d".to_owned()), ("len", "a . len ()".to_owned())]
        );
    }
}
