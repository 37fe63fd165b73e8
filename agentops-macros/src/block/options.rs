//! Mistakes in options that only the attribute of a block can have.
//!
//! A mistake is put where the argument was, so that all of an attribute's mistakes
//! come out in source order, and each once, however many methods there are.

use syn::Error;

use super::title::Title;
use crate::args::{Argument, Entry, Spelling, Value};
use crate::options::names;

/// What is said about a name that all methods would have.
const ONE_NAME: &str = "a name on an `impl` block would be that of all its methods; name the method itself by an attribute on it, or leave `name` out";

/// Puts mistakes in the place of a name and of arguments that no method has.
pub(crate) fn checked(entries: Vec<Entry>, title: Title, names: &[String]) -> Vec<Entry> {
    let check = |argument: Argument| {
        if is_name(&argument) && title != Title::Type {
            return Err(Error::new_spanned(&argument.key.tokens, ONE_NAME));
        }
        Ok(with_known_names(argument, names))
    };
    entries
        .into_iter()
        .map(|entry| entry.and_then(check))
        .collect()
}

fn is_name(Argument { key, value, .. }: &Argument) -> bool {
    match (&key.spelling, value) {
        (Spelling::Literal(_), Value::Absent) => true,
        (Spelling::Word, _) => key.text == "name",
        _ => false,
    }
}

fn with_known_names(Argument { mark, key, value }: Argument, names: &[String]) -> Argument {
    let value = match value {
        Value::List(entries) if key.text == "skip" || key.text == "args" => Value::List(
            entries
                .into_iter()
                .map(|entry| entry.and_then(|argument| known(argument, names)))
                .collect(),
        ),
        value => value,
    };
    Argument { mark, key, value }
}

/// The name of an argument that some method has; what is no name is checked elsewhere.
fn known(argument: Argument, names: &[String]) -> Entry {
    let Argument { key, value, .. } = &argument;
    let is_name = matches!((&key.spelling, value), (Spelling::Word, Value::Absent));
    if !is_name || key.text == "self" || names.contains(&key.text) {
        return Ok(argument);
    }
    Err(Error::new_spanned(&key.tokens, unknown(&key.text, names)))
}

fn unknown(name: &str, known: &[String]) -> String {
    let nothing = format!("no method of this block has an argument `{name}`");
    names::instead(name, &nothing, known, "they have")
}
