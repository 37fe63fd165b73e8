//! Turn arguments into settings by the option table of one attribute.
//!
//! An option is a [`Key`]: its name, how it is written, and the function that
//! checks its value. Arguments are taken one by one and checked completely before
//! the next, so that mistakes of every sort come out in source order.

pub(crate) mod args;
pub(crate) mod baggage;
pub(crate) mod call;
pub(crate) mod common;
pub(crate) mod content;
pub(crate) mod fields;
mod genai;
pub(crate) mod metrics;
pub(crate) mod names;
pub(crate) mod number;
pub(crate) mod provider;
pub(crate) mod relations;
pub(crate) mod tags;
mod unknown;
pub(crate) mod value;
pub(crate) mod word;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, Lit, LitStr, Signature};

use crate::args::{Argument, Entry, Spelling, Value};
use crate::diagnostics::Errors;
use crate::expression;
use crate::settings::{self, Content, Naming, Settings, Start, Static};

/// One attribute: its options and what holds without them.
pub(crate) struct Family {
    /// The attribute's name: `session`.
    pub(crate) attribute: &'static str,
    /// Its variant of the runtime's `Kind`.
    pub(crate) variant: &'static str,
    /// The options it takes, the most usual first.
    pub(crate) keys: &'static [&'static [Key]],
    /// Names used elsewhere, each with what is written here.
    pub(crate) renamed: &'static [(&'static str, &'static str)],
    /// Attribute keys that an option sets, each with how that is written.
    pub(crate) owned: &'static [(&'static str, &'static str)],
    /// How the name of a span is made.
    pub(crate) naming: Naming,
}

/// One option.
pub(crate) struct Key {
    /// The word before `=` or `(`.
    pub(crate) name: &'static str,
    /// How it is written, for errors.
    pub(crate) usage: &'static str,
    /// Checks a value and puts it into the settings.
    pub(crate) set: fn(Given<'_>, &mut Settings, &mut Errors),
}

/// An option as the user gave it, its value still unchecked.
pub(crate) struct Given<'a> {
    /// The attribute it was given to.
    pub(crate) family: &'static Family,
    /// The signature of the annotated function, if it is one.
    pub(crate) signature: Option<&'a Signature>,
    /// The option.
    pub(crate) key: &'static Key,
    /// The user's tokens of the key, for errors.
    pub(crate) tokens: TokenStream,
    /// The value.
    pub(crate) value: Value,
}

/// Checks all arguments; what is wrong is reported and left out.
pub(crate) fn read(
    entries: Vec<Entry>,
    family: &'static Family,
    families: &[&'static Family],
    signature: Option<&Signature>,
    errors: &mut Errors,
) -> Settings {
    let mut settings = Family::defaults();
    let mut reader = Reader {
        family,
        families,
        signature,
        seen: Vec::new(),
    };
    for entry in entries {
        let Some(argument) = errors.keep(entry) else {
            continue;
        };
        if let Some(given) = reader.given(argument, errors) {
            (given.key.set)(given, &mut settings, errors);
        }
    }
    settings
}

/// Finds the option of an argument and sees to it that each is given once.
struct Reader<'a> {
    /// The attribute whose arguments are read.
    family: &'static Family,
    /// All attributes.
    families: &'a [&'static Family],
    /// The signature of the annotated function, if it is one.
    signature: Option<&'a Signature>,
    /// Options given so far, and whether by position.
    seen: Vec<(&'static str, bool)>,
}

impl<'a> Reader<'a> {
    fn given(&mut self, argument: Argument, errors: &mut Errors) -> Option<Given<'a>> {
        let Argument { key, value, .. } = argument;
        let (word, value, positional) = match (&key.spelling, value) {
            (Spelling::Literal(name), Value::Absent) => {
                let (sigil, expr) = (None, expression::of_literal(name.clone()));
                ("name", Value::Assigned { sigil, expr }, true)
            }
            (Spelling::Word, value) => (key.text.as_str(), value, false),
            (_, _) => {
                let message = format!(
                    "an option is a single word; attributes with other keys are written `fields({} = ..)`",
                    key.tokens
                );
                errors.over(&key.tokens, message.replace(" . ", "."));
                return None;
            }
        };
        let Some(known) = self.family.key(word) else {
            let message = unknown::message(word, self.family, self.families);
            errors.over(&key.tokens, message);
            return None;
        };
        if let Some((_, before)) = self.seen.iter().find(|(name, _)| *name == known.name) {
            errors.over(&key.tokens, duplicate(known, *before, positional));
            return None;
        }
        self.seen.push((known.name, positional));
        Some(Given {
            family: self.family,
            signature: self.signature,
            key: known,
            tokens: key.tokens,
            value,
        })
    }
}

fn duplicate(key: &Key, before_positional: bool, positional: bool) -> String {
    let name = key.name;
    match (before_positional, positional) {
        (false, false) => format!("duplicate option `{name}`; remove one of the two"),
        (true, true) => format!("the {name} is given twice; remove one of the two"),
        _ => {
            format!("the {name} is given twice, alone and by `{name} = ..`; remove one of the two")
        }
    }
}

impl Family {
    /// All options, the most usual first.
    pub(crate) fn options(&self) -> impl Iterator<Item = &'static Key> + use<> {
        self.keys.iter().copied().flatten()
    }

    fn key(&self, word: &str) -> Option<&'static Key> {
        self.options().find(|key| key.name == word)
    }

    fn defaults() -> Settings {
        Settings {
            name: None,
            statics: Vec::new(),
            fields: Vec::new(),
            dimensions: Vec::new(),
            measured: true,
            baggage: Vec::new(),
            hands_on: false,
            tags: Vec::new(),
            start: Start::default(),
            span_kind: None,
            on_cancel: None,
            content: Content {
                kept: true,
                skipped: Vec::new(),
                listed: None,
                refined: None,
            },
            value: settings::Value::default(),
            leaf: false,
            flush: false,
            root: None,
        }
    }
}

impl Given<'_> {
    /// The expression of `key = expr`.
    pub(crate) fn expr(self, errors: &mut Errors) -> Option<Expr> {
        let Key { name, usage, .. } = self.key;
        match self.value {
            Value::Absent => errors.over(
                &self.tokens,
                format!("option `{name}` needs a value: `{usage}`"),
            ),
            Value::Missing(written) => errors.over(
                written,
                format!("missing value after `{name} =`; write `{usage}`"),
            ),
            Value::List(_) => errors.over(
                &self.tokens,
                format!("option `{name}` takes a value, not a list: `{usage}`"),
            ),
            Value::Assigned {
                sigil: Some(sigil), ..
            } => errors.over(
                sigil,
                format!("`?` and `%` have no meaning in `{name}`; write `{usage}`"),
            ),
            Value::Assigned { sigil: None, expr } => {
                return expression::without_await(expr, name, errors);
            }
        }
        None
    }

    /// The closure of `key = |value| ..`, or a path to a function.
    pub(crate) fn closure(self, errors: &mut Errors) -> Option<Expr> {
        let Key { name, usage, .. } = self.key;
        let expr = self.expr(errors)?;
        expression::closure(expr, name, usage, errors)
    }

    /// The literal of `key = ".."`.
    pub(crate) fn text(self, errors: &mut Errors) -> Option<LitStr> {
        let Key { name, usage, .. } = self.key;
        let expr = self.expr(errors)?;
        if let Some(Lit::Str(literal)) = expression::literal(&expr) {
            return Some(literal.clone());
        }
        errors.over(&expr, format!("`{name}` takes a string literal: `{usage}`"));
        None
    }

    /// Sets an attribute to the literal of `key = ".."`, which says something.
    pub(crate) fn set_text(self, key: &'static str, settings: &mut Settings, errors: &mut Errors) {
        let name = self.key.name;
        let Some(literal) = self.text(errors) else {
            return;
        };
        let value = literal.value();
        if value.trim().is_empty() {
            errors.at(
                literal.span(),
                format!("the {name} is empty; write it, or leave `{name}` out"),
            );
        }
        settings.statics.push(Static::text(key, value));
    }

    /// The truth value of `key = true`; `usage` says how that is written here.
    pub(crate) fn truth(self, usage: &str, errors: &mut Errors) -> Option<bool> {
        let name = self.key.name;
        let expr = self.expr(errors)?;
        if let Some(Lit::Bool(literal)) = expression::literal(&expr) {
            return Some(literal.value);
        }
        errors.over(&expr, format!("`{name}` {usage}"));
        None
    }

    /// The same, where `key` alone means `key = true`.
    pub(crate) fn flag(self, errors: &mut Errors) -> Option<bool> {
        let name = self.key.name;
        match self.value {
            Value::Absent => Some(true),
            _ => self.truth(
                &format!("is a flag; write `{name}`, `{name} = true` or `{name} = false`"),
                errors,
            ),
        }
    }

    /// The entries of `key(..)`.
    pub(crate) fn list(self, errors: &mut Errors) -> Option<Vec<Entry>> {
        let Key { name, usage, .. } = self.key;
        let place = match self.value {
            Value::List(entries) => return Some(entries),
            Value::Absent => self.tokens,
            Value::Missing(written) => written,
            Value::Assigned { expr, .. } => expr.into_token_stream(),
        };
        errors.over(place, format!("option `{name}` takes a list: `{usage}`"));
        None
    }
}
