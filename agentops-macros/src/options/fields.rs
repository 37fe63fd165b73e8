//! Meaning of `fields(..)`: attributes computed from the arguments.

use crate::args::{Argument, Entry, Key, Sigil, Value};
use crate::diagnostics::Errors;
use crate::expression;
use crate::options::Family;
use crate::settings::{Field, Form, Settings};

/// Keys that begin like this belong to the runtime.
const RESERVED: &str = "agentops.";

/// Checks all entries and appends the fields that have a value.
///
/// A bare key only announces a later `agentops::record`: it is checked like the
/// others, and then there is nothing to compute.
pub(crate) fn read(
    entries: Vec<Entry>,
    family: &Family,
    settings: &mut Settings,
    errors: &mut Errors,
) {
    let mut seen: Vec<String> = Vec::new();
    for entry in entries {
        let Argument { key, value } = match entry {
            Ok(argument) => argument,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        let sound = match problem(&key, family, &seen) {
            None => true,
            Some(problem) => {
                errors.over(&key.tokens, problem);
                false
            }
        };
        let field = field(&key, value, errors);
        seen.push(key.text);
        settings.fields.extend(field.filter(|_| sound));
    }
}

fn problem(key: &Key, family: &Family, seen: &[String]) -> Option<String> {
    let text = key.text.as_str();
    if let Some(problem) = malformed(text) {
        return Some(problem);
    }
    if seen.iter().any(|earlier| earlier == text) {
        return Some(format!(
            "the key `{text}` is given twice; remove one of the two"
        ));
    }
    if text.to_ascii_lowercase().starts_with(RESERVED) {
        return Some(format!(
            "keys that begin with `{RESERVED}` are reserved; choose another prefix for `{text}`"
        ));
    }
    let (_, option) = family.owned.iter().find(|(owned, _)| *owned == text)?;
    Some(format!(
        "`{text}` is written by an option of `#[agentops::{}]`; set it with `{option} = ..`",
        family.attribute
    ))
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

fn field(key: &Key, value: Value, errors: &mut Errors) -> Option<Field> {
    let text = &key.text;
    match value {
        Value::Absent => None,
        Value::Missing(written) => {
            errors.over(
                written,
                format!("missing value after `{text} =`; write `{text} = expr`, or `{text}` alone to record it later"),
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
        Value::Assigned { sigil, expr } => Some(Field {
            key: text.clone(),
            form: match sigil {
                None => Form::Value,
                Some(Sigil::Debug(_)) => Form::Debug,
                Some(Sigil::Display(_)) => Form::Display,
            },
            value: expression::without_await(expr, "fields", errors)?,
        }),
    }
}
