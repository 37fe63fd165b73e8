//! Meaning of `fields(..)` and `metadata(..)`: attributes computed at the start.

use crate::args::{Argument, Entry, Key, Sigil, Spelling, Value};
use crate::diagnostics::Errors;
use crate::expression;
use crate::options::{Family, genai};
use crate::settings::{Field, Form, Naming, OPERATION_NAME, Text};

/// Keys that begin like this belong to the runtime.
const RESERVED: &str = "agentops.";

/// What the keys of `metadata(..)` begin with.
const METADATA: &str = "agentops.metadata.";

/// Attribute keys that an option of every attribute sets, each with how it is written.
const OWNED: &[(&str, &str)] = &[("agentops.tags", "tags(\"..\")")];

/// A list of keys and values.
#[derive(Clone, Copy)]
pub(crate) enum List {
    /// `fields(..)`, whose keys are those of the attributes.
    Fields(&'static Family),
    /// `metadata(..)`, whose keys get a prefix.
    Metadata,
    /// `metrics(..)`, whose keys are those of the attributes.
    Dimensions(&'static Family),
    /// `ret(fields(..))`.
    Returned(&'static Family),
}

/// Checks all entries and yields the fields that have a value.
///
/// A bare key of `fields` only announces a later `agentops::record`: it is checked
/// like the others, and then there is nothing to compute.
pub(crate) fn read(entries: Vec<Entry>, list: List, errors: &mut Errors) -> Vec<Field> {
    let mut seen: Vec<String> = Vec::new();
    let mut fields = Vec::new();
    for entry in entries {
        let Some(Argument { key, value, .. }) = errors.keep(entry) else {
            continue;
        };
        let sound = match problem(&key, list, &seen) {
            None => true,
            Some(problem) => {
                errors.over(&key.tokens, problem);
                false
            }
        };
        let field = field(&key, value, list, errors);
        seen.push(key.text);
        fields.extend(field.filter(|_| sound));
    }
    fields
}

fn problem(key: &Key, list: List, seen: &[String]) -> Option<String> {
    if let (Spelling::Constant(constant), List::Fields(_) | List::Dimensions(_)) =
        (&key.spelling, list)
        && let Some(problem) = expression::self_problem(constant)
    {
        return Some(problem);
    }
    let (key, is_constant) = match key.spelling {
        Spelling::Constant(_) => (key.text.as_str(), true),
        _ => (key.text.as_str(), false),
    };
    if is_constant && matches!(list, List::Metadata) {
        return Some(
            "the keys of `metadata` are words, because a prefix is put before them; write `key = expr`"
                .to_owned(),
        );
    }
    if let Some(problem) = malformed(key).filter(|_| !is_constant) {
        return Some(problem);
    }
    if seen.iter().any(|earlier| earlier == key) {
        return Some(format!(
            "the key `{key}` is given twice; remove one of the two"
        ));
    }
    match list {
        _ if is_constant => None,
        List::Dimensions(_) if key == "error.type" || key.starts_with("gen_ai.") => Some(format!(
            "`{key}` is a dimension of these metrics already; choose another key"
        )),
        List::Fields(family) | List::Dimensions(family) | List::Returned(family) => {
            taken(key, family)
        }
        List::Metadata => None,
    }
}

fn malformed(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some("the key is empty; write a key such as `user.tier`".to_owned());
    }
    let cause = if text.chars().any(char::is_control) {
        "holds a control character"
    } else if text.trim() != text {
        "begins or ends with a space"
    } else if text.split('.').any(str::is_empty) {
        "has an empty part between its dots"
    } else {
        return None;
    };
    let shown = text.escape_debug();
    Some(format!(
        "the key `{shown}` {cause}; write a key such as `user.tier`"
    ))
}

/// Says who writes an attribute that is not the user's to set.
fn taken(key: &str, family: &Family) -> Option<String> {
    let attribute = family.attribute;
    if let Some(written) = owner(key, family) {
        return Some(format!(
            "`{key}` is written by an option of `#[agentops::{attribute}]`; set it with `{written}`"
        ));
    }
    if key.to_ascii_lowercase().starts_with(RESERVED) {
        return Some(format!(
            "keys that begin with `{RESERVED}` are reserved; choose another prefix for `{key}`"
        ));
    }
    match family.naming {
        Naming::Operation { operation, .. } if key == OPERATION_NAME => Some(format!(
            "`{key}` is always `{operation}` in `#[agentops::{attribute}]`; remove it"
        )),
        _ => genai::problem(key, |key| owner(key, family)),
    }
}

/// How the option is written that sets this attribute.
fn owner(key: &str, family: &Family) -> Option<String> {
    let mut owned = OWNED.iter().chain(family.owned);
    if let Some((_, written)) = owned.find(|(owned, _)| *owned == key) {
        return Some((*written).to_owned());
    }
    if matches!(family.naming, Naming::Operation { key: named, .. } if named == key) {
        return Some("name = ..".to_owned());
    }
    let rest = key.strip_prefix(METADATA)?;
    let has_metadata = family.options().any(|key| key.name == "metadata");
    has_metadata.then(|| format!("metadata({rest} = ..)"))
}

fn field(key: &Key, value: Value, list: List, errors: &mut Errors) -> Option<Field> {
    let text = &key.text;
    let (option, prefix, later) = match list {
        List::Fields(_) => (
            "fields",
            "",
            format!(", or `{text}` alone to record it later"),
        ),
        List::Metadata => ("metadata", METADATA, String::new()),
        List::Dimensions(_) => ("metrics", "", String::new()),
        List::Returned(_) => ("fields", "", String::new()),
    };
    match value {
        Value::Absent if later.is_empty() => {
            errors.over(
                &key.tokens,
                format!("the key `{text}` needs a value: `{text} = expr`"),
            );
            None
        }
        Value::Absent => None,
        Value::Missing(written) => {
            errors.over(
                written,
                format!("missing value after `{text} =`; write `{text} = expr`{later}"),
            );
            None
        }
        Value::List(_) => {
            errors.over(
                &key.tokens,
                format!("the key `{text}` takes a value, not a list: `{text} = expr`"),
            );
            None
        }
        Value::Assigned {
            sigil: Some(sigil), ..
        } if matches!(list, List::Dimensions(_) | List::Returned(_)) => {
            errors.over(sigil, without_mark(list));
            None
        }
        Value::Assigned { sigil, expr } => Some(Field {
            key: match &key.spelling {
                Spelling::Constant(constant) => Text::Constant(constant.clone()),
                _ => Text::Literal(format!("{prefix}{text}")),
            },
            form: match sigil {
                None => Form::Value,
                Some(Sigil::Debug(_)) => Form::Debug,
                Some(Sigil::Display(_)) => Form::Display,
            },
            value: match list {
                List::Returned(_) => {
                    let usage = "fields(hits = |value| value.len())";
                    expression::closure(expr, option, usage, errors)?
                }
                _ => expression::without_await(expr, option, errors)?,
            },
        }),
    }
}

/// What is said of `?` and `%` in a list that takes values as they are.
fn without_mark(list: List) -> &'static str {
    match list {
        List::Returned(_) => {
            "`?` and `%` have no meaning in `ret(fields(..))`; make the text in the closure: `hits = |value| value.to_string()`"
        }
        _ => {
            "`?` and `%` have no meaning in `metrics`, whose values are string literals, `bool`s or enums that implement `agentops::metrics::Dimension`"
        }
    }
}
