//! Meaning of `args(..)`: which arguments are captured, and in which form.

use syn::{FnArg, Signature};

use crate::args::{Argument, Entry, Sigil, Spelling, Value};
use crate::diagnostics::Errors;
use crate::expression;
use crate::options::names;
use crate::settings::{Form, Listed};

/// Checks all entries and yields those that are sound.
///
/// Without a signature, which only a function with a body has, any name will do.
pub(crate) fn read(
    entries: Vec<Entry>,
    skipped: &[String],
    signature: Option<&Signature>,
    errors: &mut Errors,
) -> Vec<Listed> {
    let mut listed: Vec<Listed> = Vec::new();
    for entry in entries {
        let Some(argument) = errors.keep(entry) else {
            continue;
        };
        let place = argument.key.tokens.clone();
        let is_computed = !matches!(argument.value, Value::Absent);
        let name = argument.key.text.as_str();
        let problem = if listed.iter().any(|known| known.name == name) {
            Some(format!("`{name}` is captured twice; remove one of the two"))
        } else if is_computed {
            None
        } else if skipped.iter().any(|skipped| skipped == name) {
            Some(format!(
                "`{name}` is captured and skipped; remove it from one of the two"
            ))
        } else {
            missing(&argument, signature)
        };
        // What the function does not have is not looked for in it, because a method of
        // a block may lack what another one has.
        let is_sound = problem.is_none();
        if let Some(problem) = problem {
            errors.over(&place, problem);
        }
        listed.extend(one(argument, errors).filter(|_| is_sound));
    }
    listed
}

fn missing(argument: &Argument, signature: Option<&Signature>) -> Option<String> {
    let name = argument.key.text.as_str();
    match &argument.key.spelling {
        Spelling::Word => {}
        Spelling::Literal(_) => {
            return Some(format!("an argument is named by a word: `args({name})`"));
        }
        _ => {
            return Some(format!(
                "`args` names whole arguments; a part of one needs a name: `args(part = {name})`"
            ));
        }
    }
    let signature = signature?;
    if name != "self" {
        return names::unknown(name, signature);
    }
    let receiver = signature.inputs.first();
    match receiver {
        Some(FnArg::Receiver(_)) => None,
        _ => Some(format!(
            "`{}` has no receiver; remove `self`",
            signature.ident
        )),
    }
}

fn one(argument: Argument, errors: &mut Errors) -> Option<Listed> {
    let Argument { mark, key, value } = argument;
    let (name, tokens) = (key.text, key.tokens);
    match (mark, value) {
        (mark, Value::Absent) => Some(Listed {
            name,
            tokens,
            form: form(mark.as_ref()),
            computed: None,
        }),
        (Some(mark), _) => {
            errors.over(
                mark,
                format!("the mark stands before the expression: `{name} = ?expr`"),
            );
            None
        }
        (None, Value::Assigned { sigil, expr }) => Some(Listed {
            name,
            tokens,
            form: form(sigil.as_ref()),
            computed: Some(expression::without_await(expr, "args", errors)?),
        }),
        (None, Value::Missing(written)) => {
            errors.over(
                written,
                format!("missing value after `{name} =`; write `{name} = expr`"),
            );
            None
        }
        (None, Value::List(_)) => {
            errors.over(
                &tokens,
                format!("an argument takes no list; write `{name}` alone, or `{name} = expr`"),
            );
            None
        }
    }
}

fn form(mark: Option<&Sigil>) -> Form {
    match mark {
        None => Form::Value,
        Some(Sigil::Debug(_)) => Form::Debug,
        Some(Sigil::Display(_)) => Form::Display,
    }
}
