//! Options about the place of a span: `parent`, `root`, `links`, `kind`, `if`.

use crate::diagnostics::Errors;
use crate::expression;
use crate::options::{Given, Key};
use crate::settings::Settings;

/// What is said where `root` and `parent` meet.
const ROOT_WITH_PARENT: &str = "`root` and `parent` exclude each other, because a span that begins a trace has no parent; remove one of the two";

/// Whether there is a span.
pub(crate) const IF: Key = Key {
    name: "if",
    usage: "if = condition",
    set: set_if,
};

/// What the span hangs below.
pub(crate) const PARENT: Key = Key {
    name: "parent",
    usage: "parent = context",
    set: set_parent,
};

/// Whether the span begins a trace.
pub(crate) const ROOT: Key = Key {
    name: "root",
    usage: "root = true",
    set: set_root,
};

/// Other spans that the span refers to.
pub(crate) const LINKS: Key = Key {
    name: "links",
    usage: "links = [span_context]",
    set: |given, settings, errors| settings.start.links = given.expr(errors),
};

/// What the span is to others.
pub(crate) const KIND: Key = Key {
    name: "kind",
    usage: "kind = client",
    set: set_kind,
};

/// What a cancellation is.
pub(crate) const ON_CANCEL: Key = Key {
    name: "on_cancel",
    usage: "on_cancel = ok",
    set: set_on_cancel,
};

fn set_if(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let Some(condition) = given.expr(errors) else {
        return;
    };
    match expression::literal(&condition) {
        Some(syn::Lit::Bool(_)) | None => settings.start.condition = Some(condition),
        Some(_) => errors.over(
            &condition,
            "`if` takes a condition over the arguments: `if = depth < 3`",
        ),
    }
}

fn set_parent(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let place = given.tokens.clone();
    let start = &mut settings.start;
    if start.root {
        errors.over(&place, ROOT_WITH_PARENT);
    }
    start.parent = given.expr(errors);
}

fn set_root(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let place = given.tokens.clone();
    if given.flag(errors) != Some(true) {
        return;
    }
    settings.start.root = true;
    if settings.start.parent.is_some() {
        errors.over(&place, ROOT_WITH_PARENT);
    }
}

fn set_kind(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let kinds = ["internal", "client", "server", "producer", "consumer"];
    settings.span_kind = match given.word(&kinds, "span kind", errors) {
        Some("internal") => Some("Internal"),
        Some("client") => Some("Client"),
        Some("server") => Some("Server"),
        Some("producer") => Some("Producer"),
        Some("consumer") => Some("Consumer"),
        _ => None,
    };
}

fn set_on_cancel(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let ways = ["error", "ok", "unset"];
    settings.on_cancel = match given.word(&ways, "status", errors) {
        Some("error") => Some("Error"),
        Some("ok") => Some("Ok"),
        Some("unset") => Some("Unset"),
        _ => None,
    };
}
