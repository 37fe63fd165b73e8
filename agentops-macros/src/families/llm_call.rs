//! Options and defaults of `#[agentops::llm_call]`.

use syn::Lit;

use crate::diagnostics::Errors;
use crate::expression;
use crate::options::common::{COMMON, NAME};
use crate::options::metrics::METRICS;
use crate::options::value::set_inner;
use crate::options::{Family, Given, Key, call, provider};
use crate::settings::{Field, InnerOption, Naming, OPERATION_NAME, Settings, Static};

const PROVIDER_NAME: &str = "gen_ai.provider.name";
const REQUEST_MODEL: &str = "gen_ai.request.model";
const TEMPERATURE_KEY: &str = "gen_ai.request.temperature";
const TOP_P_KEY: &str = "gen_ai.request.top_p";
const MAX_TOKENS_KEY: &str = "gen_ai.request.max_tokens";

/// One call of a language model.
pub(crate) static FAMILY: Family = Family {
    attribute: "llm_call",
    variant: "LlmCall",
    keys: &[
        &[
            PROVIDER,
            MODEL,
            NAME,
            OPERATION,
            REQUEST,
            RESPONSE,
            USAGE,
            PROMPT,
            COMPLETION,
            TEMPERATURE,
            TOP_P,
            MAX_TOKENS,
            STREAM,
            SERVER,
            METRICS,
        ],
        COMMON,
    ],
    renamed: &[
        ("system", "provider = .."),
        ("vendor", "provider = .."),
        ("model_name", "model = .."),
        ("max_output_tokens", "max_tokens = .."),
        ("max_completion_tokens", "max_tokens = .."),
        ("tokens", "usage = .."),
        ("streaming", "stream"),
    ],
    owned: &[
        (PROVIDER_NAME, "provider = .."),
        (REQUEST_MODEL, "model = .."),
        (TEMPERATURE_KEY, "temperature = .."),
        (TOP_P_KEY, "top_p = .."),
        (MAX_TOKENS_KEY, "max_tokens = .."),
        (OPERATION_NAME, "operation = .."),
        (call::STREAM_KEY, "stream"),
        (call::SERVER_ADDRESS, "server = .."),
        (call::SERVER_PORT, "server = .."),
        ("gen_ai.input.messages", "prompt = .."),
        ("gen_ai.output.messages", "completion = .."),
    ],
    naming: Naming::Composed,
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
    set: |given, settings, errors| set_attribute(REQUEST_MODEL, given, settings, errors),
};

/// What is asked of it.
const OPERATION: Key = Key {
    name: "operation",
    usage: "operation = chat",
    set: call::set_operation,
};

/// What it is asked, to find model and parameters in.
const REQUEST: Key = Key {
    name: "request",
    usage: "request = request",
    set: |given, settings, errors| settings.start.request = given.expr(errors),
};

/// Its answer, in what is returned.
const RESPONSE: Key = Key {
    name: "response",
    usage: "response = |value| &value.response",
    set: |given, settings, errors| set_inner(InnerOption::Response, given, settings, errors),
};

/// The tokens it took, in what is returned.
const USAGE: Key = Key {
    name: "usage",
    usage: "usage = |value| (value.input_tokens, value.output_tokens)",
    set: |given, settings, errors| set_inner(InnerOption::Usage, given, settings, errors),
};

/// What it is told.
const PROMPT: Key = Key {
    name: "prompt",
    usage: "prompt = text",
    set: call::set_prompt,
};

/// What it said, in what is returned.
const COMPLETION: Key = Key {
    name: "completion",
    usage: "completion = |value| &value.text",
    set: call::set_completion,
};

/// How random the answer may be.
const TEMPERATURE: Key = Key {
    name: "temperature",
    usage: "temperature = 0.7",
    set: |given, settings, errors| {
        given.set_number(TEMPERATURE_KEY, &(0.0..=2.0), settings, errors);
    },
};

/// The share of likely tokens that it chooses from.
const TOP_P: Key = Key {
    name: "top_p",
    usage: "top_p = 0.9",
    set: |given, settings, errors| {
        given.set_number(TOP_P_KEY, &(0.0..=1.0), settings, errors);
    },
};

/// Most tokens that the answer may have.
const MAX_TOKENS: Key = Key {
    name: "max_tokens",
    usage: "max_tokens = 1024",
    set: |given, settings, errors| given.set_count(MAX_TOKENS_KEY, settings, errors),
};

/// Whether the answer comes as a stream.
const STREAM: Key = Key {
    name: "stream",
    usage: "stream = true",
    set: call::set_stream,
};

/// Where the model is served.
const SERVER: Key = Key {
    name: "server",
    usage: "server = \"api.openai.com:443\"",
    set: call::set_server,
};

fn set_provider(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    provider::check(&given.value, errors);
    set_attribute(PROVIDER_NAME, given, settings, errors);
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
        Some(Lit::Str(literal)) => settings.statics.push(Static::text(key, literal.value())),
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
