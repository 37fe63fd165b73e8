//! Meaning of `skip(..)`: arguments that are not captured.

use syn::Signature;

use crate::args::{Argument, Entry, Spelling, Value};
use crate::capture;
use crate::diagnostics::Errors;
use crate::suggest;

/// Checks all entries and yields the names, those of arguments that do not exist too.
///
/// Without a signature, which only a function with a body has, any name will do.
pub(crate) fn skipped(
    entries: Vec<Entry>,
    signature: Option<&Signature>,
    errors: &mut Errors,
) -> Vec<String> {
    let mut skipped: Vec<String> = Vec::new();
    for entry in entries {
        let Some(argument) = errors.keep(entry) else {
            continue;
        };
        if let Some(problem) = problem(&argument, &skipped, signature) {
            errors.over(&argument.key.tokens, problem);
        }
        skipped.push(argument.key.text);
    }
    skipped
}

fn problem(
    argument: &Argument,
    earlier: &[String],
    signature: Option<&Signature>,
) -> Option<String> {
    let Argument { key, value } = argument;
    let name = key.text.as_str();
    match (&key.spelling, value) {
        (Spelling::Word, Value::Absent) => {}
        (Spelling::Word, _) => {
            return Some(format!("`skip` only names arguments; write `{name}` alone"));
        }
        (Spelling::Dotted, _) => {
            return Some(
                "`skip` names whole arguments, not parts of them: `skip(a, b)`".to_owned(),
            );
        }
        (Spelling::Literal(_), _) => {
            return Some(format!("an argument is named by a word: `skip({name})`"));
        }
    }
    if name == "self" {
        return Some("`self` is never captured, so there is nothing to skip; remove it".to_owned());
    }
    if earlier.iter().any(|skipped| skipped == name) {
        return Some(format!("`{name}` is skipped twice; remove one of the two"));
    }
    unknown(name, signature?)
}

fn unknown(name: &str, signature: &Signature) -> Option<String> {
    let names = capture::names(signature);
    if names.iter().any(|known| known == name) {
        return None;
    }
    let nothing = format!("`{}` has no argument `{name}`", signature.ident);
    if let Some(meant) = suggest::nearest(name, names.iter().map(String::as_str)) {
        return Some(format!("{nothing}; did you mean `{meant}`?"));
    }
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    Some(match names.as_slice() {
        [] => format!("{nothing}, nor any other with a name; remove it"),
        names => format!("{nothing}; its arguments are {}", names.join(", ")),
    })
}
