//! Options about a request to a language model.

use syn::{LitStr, Signature};

use crate::diagnostics::Errors;
use crate::options::Given;
use crate::return_type::{Returned, Way};
use crate::settings::{OPERATION_NAME, Settings, Static, StaticValue, Told};

/// The attribute that says that the answer comes as a stream.
pub(crate) const STREAM_KEY: &str = "gen_ai.request.stream";
/// The attribute that says which host answers.
pub(crate) const SERVER_ADDRESS: &str = "server.address";
/// The attribute that says at which port.
pub(crate) const SERVER_PORT: &str = "server.port";

/// What may be asked of a model, by the conventions for generative AI.
const OPERATIONS: &[&str] = &[
    "chat",
    "generate_content",
    "text_completion",
    "embeddings",
    "retrieval",
    "fetch_response",
];

/// Operations that other attributes are for.
const OTHERS: &[(&str, &str)] = &[
    ("invoke_agent", "agent"),
    ("create_agent", "agent"),
    ("execute_tool", "tool"),
    ("invoke_workflow", "workflow"),
    ("plan", "task"),
];

/// Takes the word of `operation = chat`.
pub(crate) fn set_operation(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    if let crate::args::Value::Assigned { expr, .. } = &given.value
        && let syn::Expr::Path(path) = expr
        && let Some((word, owner)) = OTHERS.iter().find(|(word, _)| path.path.is_ident(word))
    {
        errors.over(
            expr,
            format!(
                "`{word}` is no call of a model; annotate the function with `#[agentops::{owner}]`"
            ),
        );
        return;
    }
    let Some(operation) = given.word(OPERATIONS, "operation", errors) else {
        return;
    };
    settings
        .statics
        .push(Static::text(OPERATION_NAME, operation));
}

/// Takes the expression of `prompt = ..`, which is content.
pub(crate) fn set_prompt(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    settings.content.refine(&given, errors);
    settings.start.prompt = given.expr(errors);
}

/// Takes the closure of `completion = ..`, which is content.
pub(crate) fn set_completion(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    settings.content.refine(&given, errors);
    settings.value.look(&given, errors);
    let closure = given.closure(errors);
    settings.value.told.extend(closure.map(Told::Completion));
}

/// Takes the flag `stream`.
pub(crate) fn set_stream(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let place = given.tokens.clone();
    let signature = given.signature;
    let Some(streams) = given.flag(errors) else {
        return;
    };
    if let Some(signature) = signature.filter(|signature| streams && no_stream(signature)) {
        errors.over(
            &place,
            format!(
                "`stream` needs a function that returns a stream or is async, which `{}` is not; remove `stream`",
                signature.ident
            ),
        );
        return;
    }
    settings.statics.push(Static {
        key: STREAM_KEY,
        value: StaticValue::Bool(streams),
    });
}

fn no_stream(signature: &Signature) -> bool {
    let returned = Returned::new(&signature.output);
    let is_opaque = matches!(returned.declared, syn::Type::ImplTrait(_));
    signature.asyncness.is_none() && !is_opaque && matches!(returned.way, Way::Ended)
}

/// Takes the literal of `server = "host:port"`.
pub(crate) fn set_server(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let Some(literal) = given.text(errors) else {
        return;
    };
    match server(&literal) {
        Ok((host, port)) => {
            settings.statics.push(Static::text(SERVER_ADDRESS, host));
            settings.statics.extend(port.map(|port| Static {
                key: SERVER_PORT,
                value: StaticValue::Int(port.into()),
            }));
        }
        Err(problem) => errors.at(literal.span(), problem),
    }
}

fn server(literal: &LitStr) -> Result<(String, Option<u16>), String> {
    let text = literal.value();
    if text.contains("://") || text.contains('/') {
        let host = text.split("://").last().unwrap_or_default();
        let host = host.split('/').next().unwrap_or_default();
        return Err(format!(
            "`server` takes a host and a port, no URL: `server = \"{host}\"`"
        ));
    }
    // The address of version 6 has colons of its own, and brackets around them.
    let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, "")) => (host, None),
        Some((host, rest)) => (host, rest.strip_prefix(':')),
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text.as_str(), None),
        },
    };
    let is_bad = |letter: char| letter.is_whitespace() || letter.is_control();
    if host.is_empty() || host.contains(is_bad) {
        return Err("the host is missing; write `server = \"api.openai.com:443\"`".to_owned());
    }
    let port = match port {
        None => None,
        Some(port) => match port.parse::<u16>() {
            Ok(0) | Err(_) => {
                return Err(format!(
                    "`{port}` is no port; write a number from 1 to 65535, as in `server = \"{host}:443\"`"
                ));
            }
            Ok(port) => Some(port),
        },
    };
    Ok((host.to_owned(), port))
}
