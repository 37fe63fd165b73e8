//! Meaning of `baggage(..)`: values that travel with the work.

use crate::args::{Argument, Entry, Key, Spelling, Value};
use crate::diagnostics::Errors;
use crate::expression;
use crate::settings::Baggage;

/// Checks all entries and yields those that are sound.
pub(crate) fn read(entries: Vec<Entry>, errors: &mut Errors) -> Vec<Baggage> {
    let mut seen: Vec<String> = Vec::new();
    let mut baggage = Vec::new();
    for entry in entries {
        let Some(Argument { key, value, .. }) = errors.keep(entry) else {
            continue;
        };
        let problem = match key.spelling {
            Spelling::Constant(_) => Some(
                "the keys of `baggage` are words, because they are checked here; write `key = expr`"
                    .to_owned(),
            ),
            _ => problem(&key.text, &seen),
        };
        let sound = problem.is_none();
        if let Some(problem) = problem {
            errors.over(&key.tokens, problem);
        }
        let member = member(&key, value, errors);
        seen.push(key.text);
        baggage.extend(member.filter(|_| sound));
    }
    baggage
}

fn problem(key: &str, seen: &[String]) -> Option<String> {
    if key.is_empty() {
        return Some("the baggage key is empty; write a key such as `user.id`".to_owned());
    }
    if let Some(bad) = key.chars().find(|letter| !is_token(*letter)) {
        return Some(format!(
            "the baggage key `{}` may not hold `{}`, because keys travel in an HTTP header; write letters, digits, `.`, `_` and `-`",
            key.escape_debug(),
            bad.escape_debug()
        ));
    }
    seen.iter()
        .any(|earlier| earlier == key)
        .then(|| format!("the key `{key}` is given twice; remove one of the two"))
}

/// Letters of a `token` of RFC 7230, which W3C baggage takes for its keys.
fn is_token(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter)
}

fn member(key: &Key, value: Value, errors: &mut Errors) -> Option<Baggage> {
    let text = &key.text;
    match value {
        Value::Absent => errors.over(
            &key.tokens,
            format!("the baggage key `{text}` needs a value: `{text} = expr`"),
        ),
        Value::Missing(written) => errors.over(
            written,
            format!("missing value after `{text} =`; write `{text} = expr`"),
        ),
        Value::List(_) => errors.over(
            &key.tokens,
            format!("the baggage key `{text}` takes a value, not a list: `{text} = expr`"),
        ),
        Value::Assigned {
            sigil: Some(sigil), ..
        } => errors.over(
            sigil,
            format!("baggage is always written through `Display`; write `{text} = expr`"),
        ),
        Value::Assigned { sigil: None, expr } => {
            return Some(Baggage {
                key: text.clone(),
                value: expression::without_await(expr, "baggage", errors)?,
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w3c_tokens_are_keys() {
        for key in ["id", "user.id", "x-y_z", "a!#$%&'*+^`|~9"] {
            assert_eq!(problem(key, &[]), None, "{key}");
        }
    }

    #[test]
    fn separators_spaces_and_foreign_letters_are_not() {
        for key in ["", "a b", "a=b", "a,b", "a;b", "a/b", "größe", "a\n"] {
            assert!(problem(key, &[]).is_some(), "{key}");
        }
    }
}
