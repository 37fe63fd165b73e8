//! Options about what a function returns: `ret(..)`, `err(..)`, `ok_if`, `err_if`.

use quote::ToTokens;
use syn::{Expr, ReturnType, Signature};

use crate::args::{self, Argument, Entry, Spelling, Value};
use crate::diagnostics::Errors;
use crate::expression;
use crate::options::fields::{self, List};
use crate::options::{Family, Given, Key};
use crate::plain_type;
use crate::return_type::{Returned, Values};
use crate::settings::{InnerOption, Settings, Told, ValueForm, WholeOption};
use crate::suggest;

/// What is said where `ok_if` and `err_if` meet.
const ONE_JUDGE: &str = "`ok_if` and `err_if` exclude each other, because each decides what is an error; remove one of the two";

const RET_USAGE: &str = "ret(|value| value.summary())";
const ERR_USAGE: &str = "err(|error| error.to_string())";

/// What is kept of the value.
pub(crate) const RET: Key = Key {
    name: "ret",
    usage: RET_USAGE,
    set: set_ret,
};

/// What is recorded of an error.
pub(crate) const ERR: Key = Key {
    name: "err",
    usage: ERR_USAGE,
    set: set_err,
};

/// Which values are successes.
pub(crate) const OK_IF: Key = Key {
    name: "ok_if",
    usage: "ok_if = |value| value.is_ok()",
    set: |given, settings, errors| judge(WholeOption::OkIf, given, settings, errors),
};

/// Which values are errors.
pub(crate) const ERR_IF: Key = Key {
    name: "err_if",
    usage: "err_if = |value| value.is_empty()",
    set: |given, settings, errors| judge(WholeOption::ErrIf, given, settings, errors),
};

fn judge(option: WholeOption, given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let place = given.tokens.clone();
    let is_judge =
        |told: &Told| matches!(told, Told::Whole(WholeOption::OkIf | WholeOption::ErrIf, _));
    if settings.value.told.iter().any(is_judge) {
        errors.over(&place, ONE_JUDGE);
    }
    set_whole(option, given, settings, errors);
}

/// Sets what is taken from all that is returned.
pub(crate) fn set_whole(
    option: WholeOption,
    given: Given<'_>,
    settings: &mut Settings,
    errors: &mut Errors,
) {
    settings.value.look(&given, errors);
    let closure = given.closure(errors);
    let told = closure.map(|closure| Told::Whole(option, closure));
    settings.value.told.extend(told);
}

/// Sets what is taken from what is returned if that is no error.
pub(crate) fn set_inner(
    option: InnerOption,
    given: Given<'_>,
    settings: &mut Settings,
    errors: &mut Errors,
) {
    settings.value.look(&given, errors);
    let closure = given.closure(errors);
    let told = closure.map(|closure| Told::Inner(option, closure));
    settings.value.told.extend(told);
}

impl crate::settings::Value {
    /// Notes that an option looks at the value; an error where there is none to look at.
    pub(crate) fn look(&mut self, given: &Given<'_>, errors: &mut Errors) {
        let name = given.key.name;
        let tokens = given.tokens.clone();
        if let Some(signature) = given
            .signature
            .filter(|signature| returns_nothing(signature))
        {
            errors.over(
                &tokens,
                format!(
                    "`{}` returns nothing that `{name}` could look at; remove `{name}`",
                    signature.ident
                ),
            );
        }
        if self.first.is_none() {
            self.first = Some((name, tokens));
        }
    }
}

fn returns_nothing(signature: &Signature) -> bool {
    let values = Returned::new(&signature.output).values;
    matches!(values, Values::Unit | Values::Never)
}

fn set_ret(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    if let Value::Absent = given.value {
        errors.over(
            &given.tokens,
            format!("what is returned is captured without `ret`; write `{RET_USAGE}` to say what of it, or remove it"),
        );
        return;
    }
    if !is_fields_alone(&given.value) {
        settings.content.refine(&given, errors);
    }
    settings.value.look(&given, errors);
    let family = given.family;
    let Some(entries) = given.list(errors) else {
        return;
    };
    let mut has_content = false;
    for entry in entries {
        let Some(argument) = errors.keep(entry) else {
            continue;
        };
        if argument.key.text == "fields" && matches!(argument.key.spelling, Spelling::Word) {
            settings
                .value
                .told
                .extend(ret_fields(argument, family, errors));
            continue;
        }
        if std::mem::replace(&mut has_content, true) {
            errors.over(
                &argument.key.tokens,
                "what is returned is recorded in one form; remove one of the two",
            );
        }
        let told = content(argument, errors);
        settings.value.told.extend(told);
    }
}

/// Whether attributes are all that is said, which are no content.
fn is_fields_alone(value: &Value) -> bool {
    let Value::List(entries) = value else {
        return false;
    };
    let mut said = entries.iter().flatten();
    !entries.is_empty() && said.all(|argument| argument.key.text == "fields")
}

fn content(argument: Argument, errors: &mut Errors) -> Option<Told> {
    let Argument { key, value, .. } = argument;
    match (&key.spelling, value) {
        (Spelling::Closure(closure), _) => {
            expression::closure(closure.clone(), "ret", RET_USAGE, errors).map(Told::Content)
        }
        (_, value) => {
            let forms = [
                ("Debug", ValueForm::Debug),
                ("Display", ValueForm::Display),
                ("Json", ValueForm::Json),
            ];
            let expected = "`Debug`, `Display`, `Json`, a closure `|value| ..` or `fields(..)`";
            match form(&key, &value, &forms, expected) {
                Ok(form) => return Some(Told::ContentAs(form, key.tokens)),
                Err(problem) => errors.over(&key.tokens, problem),
            }
            None
        }
    }
}

/// The form that a word says, which stands alone.
fn form(
    key: &args::Key,
    value: &Value,
    forms: &[(&str, ValueForm)],
    expected: &str,
) -> Result<ValueForm, String> {
    let word = key.text.as_str();
    if let Some((_, form)) = forms.iter().find(|(name, _)| *name == word) {
        return match (&key.spelling, value) {
            (Spelling::Word, Value::Absent) => Ok(*form),
            (Spelling::Literal(_), _) => {
                Err(format!("the form is a word, not a string: write `{word}`"))
            }
            _ => Err(format!("`{word}` has no value; write `{word}` alone")),
        };
    }
    match suggest::nearest(word, forms.iter().map(|(name, _)| *name)) {
        Some(meant) => Err(format!("expected {expected}; did you mean `{meant}`?")),
        None => Err(format!("expected {expected}, found `{word}`")),
    }
}

fn ret_fields(argument: Argument, family: &'static Family, errors: &mut Errors) -> Vec<Told> {
    let Value::List(entries) = argument.value else {
        errors.over(
            &argument.key.tokens,
            "`fields` in `ret` takes a list: `ret(fields(hits = |value| value.len()))`",
        );
        return Vec::new();
    };
    let fields = fields::read(entries, List::Returned(family), errors);
    let told = fields
        .into_iter()
        .map(|field| Told::Field(field.key, field.value));
    told.collect()
}

fn set_err(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    if let Value::Absent = given.value {
        errors.over(
            &given.tokens,
            format!("an `Err` is recorded without `err`; write `{ERR_USAGE}` to say it in other words, or remove it"),
        );
        return;
    }
    let declared = given.signature.and_then(no_result);
    // A method of a block may return none where others do, and is let alone.
    let is_result = declared.is_none();
    if let Some(declared) = declared {
        errors.over(
            &given.tokens,
            format!("`{declared}` is no `Result`, so there is no error to record; write `err_if = |value| ..` to say which values are errors"),
        );
    } else {
        settings.value.look(&given, errors);
    }
    let Some(entries) = given.list(errors) else {
        return;
    };
    for entry in entries {
        let told = failure(entry, &settings.value.told, errors);
        settings.value.told.extend(told.filter(|_| is_result));
    }
}

/// The declared type, if its values are known to be no results.
fn no_result(signature: &Signature) -> Option<String> {
    let ReturnType::Type(_, declared) = &signature.output else {
        return None;
    };
    let is_nothing = returns_nothing(signature);
    (!is_nothing && plain_type::is_no_result(declared))
        .then(|| declared.to_token_stream().to_string().replace(' ', ""))
}

fn failure(entry: Entry, told: &[Told], errors: &mut Errors) -> Option<Told> {
    let Argument { key, value, .. } = errors.keep(entry)?;
    let has_words = told
        .iter()
        .any(|told| matches!(told, Told::Error(_) | Told::ErrorAs(..)));
    let has_type = told.iter().any(|told| matches!(told, Told::ErrorType(_)));
    let (found, is_again) = match (&key.spelling, value) {
        (Spelling::Closure(closure), _) => {
            let closure = expression::closure(closure.clone(), "err", ERR_USAGE, errors);
            (closure.map(Told::Error), has_words)
        }
        (Spelling::Word, Value::Assigned { sigil: None, expr }) if key.text == "type" => {
            (error_type(expr, errors), has_type)
        }
        (Spelling::Word, value) if key.text == "type" => {
            let place = match value {
                Value::Missing(written) => written,
                _ => key.tokens.clone(),
            };
            errors.over(
                place,
                "`type` takes a closure: `err(type = |error| error.code())`",
            );
            (None, has_type)
        }
        (_, value) => {
            let forms = [("Debug", ValueForm::Debug), ("Display", ValueForm::Display)];
            let expected = "`Debug`, `Display`, a closure `|error| ..` or `type = |error| ..`";
            match form(&key, &value, &forms, expected) {
                Ok(form) => (Some(Told::ErrorAs(form, key.tokens.clone())), has_words),
                Err(problem) => {
                    errors.over(&key.tokens, problem);
                    (None, false)
                }
            }
        }
    };
    if is_again {
        errors.over(
            &key.tokens,
            "this is said twice of the error; remove one of the two",
        );
    }
    found
}

fn error_type(expr: Expr, errors: &mut Errors) -> Option<Told> {
    let usage = "err(type = |error| error.code())";
    expression::closure(expr, "type", usage, errors).map(Told::ErrorType)
}
