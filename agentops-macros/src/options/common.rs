//! The options that every attribute takes.

use quote::ToTokens;
use syn::{Expr, ExprPath, Lit, LitStr, Path, Signature};

use crate::capture;
use crate::diagnostics::Errors;
use crate::expression;
use crate::options::content::{ARGS, CONTENT, SKIP};
use crate::options::fields::List;
use crate::options::relations::{IF, KIND, LINKS, ON_CANCEL, PARENT, ROOT};
use crate::options::value::{ERR, ERR_IF, OK_IF, RET};
use crate::options::{Given, Key, baggage, fields, tags};
use crate::settings::{Settings, Text};

/// Longest name of a span, in characters.
const MAX_NAME_CHARS: usize = 128;

/// What is said where `leaf` and `baggage(..)` meet.
pub(crate) const LEAF_WITH_BAGGAGE: &str = "`leaf` and `baggage(..)` exclude each other, because a leaf span is never the current one and hands nothing on; remove one of the two";

/// The options of every attribute but the name, which stands first.
pub(crate) const COMMON: &[Key] = &[
    FIELDS, ARGS, SKIP, RET, ERR, OK_IF, ERR_IF, CONTENT, BAGGAGE, TAGS, IF, PARENT, ROOT, LINKS,
    KIND, ON_CANCEL, CRATE,
];

/// What the span is called; also the meaning of a string literal that stands alone.
pub(crate) const NAME: Key = Key {
    name: "name",
    usage: "name = \"..\"",
    set: set_name,
};

/// The attribute that says the version of a workflow, task or operation.
pub(crate) const ENTITY_VERSION: &str = "agentops.entity.version";

/// The version of what the function does.
pub(crate) const VERSION: Key = Key {
    name: "version",
    usage: "version = \"..\"",
    set: |given, settings, errors| given.set_text(ENTITY_VERSION, settings, errors),
};

/// Attributes of the span.
const FIELDS: Key = Key {
    name: "fields",
    usage: "fields(key = expr, ..)",
    set: set_fields,
};

/// Values for callees and outgoing requests.
const BAGGAGE: Key = Key {
    name: "baggage",
    usage: "baggage(key = expr, ..)",
    set: set_baggage,
};

/// Labels of the span.
const TAGS: Key = Key {
    name: "tags",
    usage: "tags(\"a\", \"b\")",
    set: set_tags,
};

/// Where the runtime is re-exported.
const CRATE: Key = Key {
    name: "crate",
    usage: "crate = ::path::to::agentops",
    set: set_crate,
};

fn set_name(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let usage = given.key.usage;
    let signature = given.signature;
    let Some(expr) = given.expr(errors) else {
        return;
    };
    if let Some(argument) = signature.and_then(|signature| argument(&expr, signature)) {
        errors.over(
            &expr,
            format!("the name is known before any call, so it cannot be the argument `{argument}`; record that by `fields(..)`"),
        );
        return;
    }
    if let Some(problem) = expression::self_problem(&expr) {
        errors.over(&expr, problem);
        return;
    }
    match (expression::literal(&expr), &expr) {
        (Some(Lit::Str(name)), _) => match name_problem(&name.value()) {
            None => settings.name = Some(Text::Literal(name.value())),
            Some(problem) => errors.at(name.span(), problem),
        },
        (None, Expr::Path(_)) => settings.name = Some(Text::Constant(expr)),
        _ => errors.over(
            &expr,
            format!("`name` takes a string literal or the path of a constant: `{usage}`"),
        ),
    }
}

/// The argument that an expression consists of.
fn argument(expr: &Expr, signature: &Signature) -> Option<String> {
    let Expr::Path(given) = expr else { return None };
    let mut names = capture::names(signature).into_iter();
    names.find(|name| given.path.is_ident(name))
}

fn name_problem(name: &str) -> Option<String> {
    let length = name.chars().count();
    if name.trim().is_empty() {
        Some("the name is empty; write what this function does, or leave `name` out".to_owned())
    } else if name.chars().any(char::is_control) {
        Some("the name holds a control character; write it in printable characters".to_owned())
    } else if length > MAX_NAME_CHARS {
        Some(format!(
            "the name has {length} characters; write at most {MAX_NAME_CHARS}"
        ))
    } else {
        None
    }
}

fn set_fields(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let family = given.family;
    if let Some(entries) = given.list(errors) {
        let fields = fields::read(entries, List::Fields(family), errors);
        settings.fields.extend(fields);
    }
}

fn set_baggage(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let place = given.tokens.clone();
    let Some(entries) = given.list(errors) else {
        return;
    };
    settings.hands_on = !entries.is_empty();
    if settings.leaf && settings.hands_on {
        errors.over(&place, LEAF_WITH_BAGGAGE);
    }
    settings.baggage = baggage::read(entries, errors);
}

fn set_tags(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    if let Some(entries) = given.list(errors) {
        settings.tags = tags::read(entries, errors);
    }
}

fn set_crate(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let usage = given.key.usage;
    let Some(expr) = given.expr(errors) else {
        return;
    };
    match absolute(&expr) {
        Some(path) => settings.root = Some(path.clone()),
        None => errors.over(&expr, relative(&expr, usage)),
    }
}

fn absolute(expr: &Expr) -> Option<&Path> {
    let Expr::Path(expr) = expr else { return None };
    let plain = expr.qself.is_none()
        && expr
            .path
            .segments
            .iter()
            .all(|part| part.arguments.is_none());
    (is_absolute(expr) && plain).then_some(&expr.path)
}

fn is_absolute(given: &ExprPath) -> bool {
    let first = given.path.segments.first().map(|first| &first.ident);
    let is_crate = first.is_some_and(|first| first == "crate" || first == "$crate");
    given.path.leading_colon.is_some() || is_crate
}

fn relative(expr: &Expr, usage: &str) -> String {
    match expr {
        Expr::Path(given) if is_absolute(given) => {
            format!("`crate` takes a plain path: `{usage}`")
        }
        Expr::Path(_) => {
            let path = compact(expr);
            format!(
                "the path `{path}` is relative and would mean something else in each module; write it from `::` or from `crate::`"
            )
        }
        _ => match expression::literal(expr).and_then(path_in) {
            Some(path) => format!("`crate` takes a path, not a string: `crate = {path}`"),
            None => format!("`crate` takes a path: `{usage}`"),
        },
    }
}

fn path_in(literal: &Lit) -> Option<String> {
    let Lit::Str(literal) = literal else {
        return None;
    };
    let path = LitStr::parse::<Path>(literal).ok()?;
    let path = compact(&path);
    let absolute = path.starts_with("::") || path.starts_with("crate");
    Some(if absolute { path } else { format!("::{path}") })
}

fn compact(path: &impl ToTokens) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}
