//! Options and defaults of `#[agentops::llm_call]`.

use syn::Lit;

use crate::diagnostics::Errors;
use crate::expression;
use crate::options::common::{BAGGAGE, CONTENT, CRATE, FIELDS, NAME, SKIP, TAGS};
use crate::options::{Family, Given, Key, provider};
use crate::settings::{Field, Naming, OPERATION_NAME, Settings, Static};

const PROVIDER_NAME: &str = "gen_ai.provider.name";
const REQUEST_MODEL: &str = "gen_ai.request.model";

/// One call of a language model.
pub(crate) static FAMILY: Family = Family {
    attribute: "llm_call",
    variant: "LlmCall",
    keys: &[
        PROVIDER, MODEL, NAME, FIELDS, BAGGAGE, TAGS, SKIP, CONTENT, CRATE,
    ],
    renamed: &[
        ("system", "provider = .."),
        ("vendor", "provider = .."),
        ("model_name", "model = .."),
    ],
    owned: &[
        (PROVIDER_NAME, "provider = .."),
        (REQUEST_MODEL, "model = .."),
    ],
    naming: Naming::Composed,
    statics: &[(OPERATION_NAME, "chat")],
};

/// Who serves the model.
const PROVIDER: Key = Key {
    name: "provider",
    usage: "provider = \"openai\"",
    set: set_provider,
};

/// The model asked for.
const MODEL: Key = Key {
    name: "model",
    usage: "model = \"gpt-4o\"",
    set: set_model,
};

fn set_provider(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    provider::check(&given.value, errors);
    set_attribute(PROVIDER_NAME, given, settings, errors);
}

fn set_model(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    set_attribute(REQUEST_MODEL, given, settings, errors);
}

/// A literal is known to the call site; anything else is computed at each call.
fn set_attribute(
    key: &'static str,
    given: Given<'_>,
    settings: &mut Settings,
    errors: &mut Errors,
) {
    let option = given.key;
    let Some(value) = given.expr(errors) else {
        return;
    };
    match expression::literal(&value) {
        Some(Lit::Str(literal)) if literal.value().trim().is_empty() => errors.at(
            literal.span(),
            format!("`{}` is empty; write `{}`", option.name, option.usage),
        ),
        Some(Lit::Str(literal)) => settings.statics.push(Static {
            key,
            value: literal.value(),
        }),
        Some(_) => errors.over(
            &value,
            format!(
                "`{}` takes a string or an expression that yields one: `{}`",
                option.name, option.usage
            ),
        ),
        None => settings.fields.push(Field::plain(key, value)),
    }
}
