//! Meaning of `content`, `skip(..)` and `args(..)`: what is captured.

use syn::Signature;

use crate::args::{Argument, Entry, Spelling, Value};
use crate::diagnostics::Errors;
use crate::options::{Given, Key, args, names};
use crate::settings::{Content, Settings};

/// Arguments that are not captured.
pub(crate) const SKIP: Key = Key {
    name: "skip",
    usage: "skip(a, b)",
    set: set_skip,
};

/// Arguments that are, and in which form.
pub(crate) const ARGS: Key = Key {
    name: "args",
    usage: "args(a, ?b, key = expr)",
    set: set_args,
};

/// Whether arguments and result are captured.
pub(crate) const CONTENT: Key = Key {
    name: "content",
    usage: "content = false",
    set: set_content,
};

impl Content {
    /// Notes that an option says what of the content is kept; an error where none is.
    pub(crate) fn refine(&mut self, given: &Given<'_>, errors: &mut Errors) {
        let name = given.key.name;
        self.refined = self.refined.or(Some(name));
        if !self.kept {
            errors.over(&given.tokens, without_content(name));
        }
    }
}

/// What is said where an option about content and `content = false` meet.
fn without_content(option: &str) -> String {
    // What a model is told and says are values, the others are lists.
    let written = match option {
        "prompt" | "completion" => option.to_owned(),
        _ => format!("{option}(..)"),
    };
    format!(
        "`{written}` and `content = false` exclude each other, because nothing is captured then; remove one of the two"
    )
}

fn set_skip(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let signature = given.signature;
    let content = &mut settings.content;
    if matches!(&given.value, Value::List(entries) if !entries.is_empty()) {
        content.refine(&given, errors);
    }
    let Some(entries) = given.list(errors) else {
        return;
    };
    let listed = content.listed.iter().flatten();
    let kept: Vec<_> = listed
        .filter(|listed| listed.computed.is_none())
        .map(|listed| listed.name.as_str())
        .collect();
    content.skipped = skipped(entries, &kept, signature, errors);
}

fn set_args(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let signature = given.signature;
    let content = &mut settings.content;
    if let Value::Absent = given.value {
        errors.over(
            &given.tokens,
            "all arguments are captured without `args`; write `args(a, ?b, key = expr)` to say which and how, or remove it",
        );
        return;
    }
    content.refine(&given, errors);
    if let Some(entries) = given.list(errors) {
        let listed = args::read(entries, &content.skipped, signature, errors);
        content.listed = Some(listed);
    }
}

fn set_content(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let place = given.tokens.clone();
    let Some(kept) = given.truth("takes `true` or `false`: `content = false`", errors) else {
        return;
    };
    settings.content.kept = kept;
    if let Some(refined) = settings.content.refined.filter(|_| !kept) {
        errors.over(&place, without_content(refined));
    }
}

/// Checks all entries and yields the names, those of arguments that do not exist too.
///
/// Without a signature, which only a function with a body has, any name will do.
fn skipped(
    entries: Vec<Entry>,
    kept: &[&str],
    signature: Option<&Signature>,
    errors: &mut Errors,
) -> Vec<String> {
    let mut skipped: Vec<String> = Vec::new();
    for entry in entries {
        let Some(argument) = errors.keep(entry) else {
            continue;
        };
        let is_kept = kept.contains(&argument.key.text.as_str());
        let contradiction = is_kept.then(|| {
            let name = &argument.key.text;
            format!("`{name}` is captured and skipped; remove it from one of the two")
        });
        let problem = contradiction.or_else(|| problem(&argument, &skipped, signature));
        if let Some(problem) = problem {
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
    let Argument { key, value, .. } = argument;
    let name = key.text.as_str();
    match (&key.spelling, value) {
        (Spelling::Word, Value::Absent) => {}
        (Spelling::Word, _) => {
            return Some(format!("`skip` only names arguments; write `{name}` alone"));
        }
        (Spelling::Dotted | Spelling::Constant(_) | Spelling::Closure(_), _) => {
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
    names::unknown(name, signature?)
}
