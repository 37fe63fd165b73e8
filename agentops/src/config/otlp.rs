//! Read the `OTEL_EXPORTER_OTLP_*` variables, each for one signal or for all.

use std::time::Duration;

use agentops_spool::send::certificates::Certificates;
use http::{HeaderName, HeaderValue, Uri};

use crate::config::endpoint::{Address, Endpoint};
use crate::config::env::Env;
use crate::config::pairs;
use crate::config::proxy;
use crate::config::secret::Secret;
use crate::config::signal::Signal;
use crate::config::value;
use crate::config::warnings::Warnings;

/// How long a request may take where nothing says otherwise.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Parts of the names of headers that hold a key.
const KEYS: [&str; 5] = ["auth", "key", "token", "secret", "cookie"];

/// The address that the environment has for a signal: its own, else below the common one.
pub(crate) fn address(env: &Env, signal: Signal, warnings: &mut Warnings) -> Option<Address> {
    let own = env.standard(&signal.otlp_variable("ENDPOINT"), warnings, |url| {
        Address::exactly(url, signal)
    });
    own.or_else(|| {
        env.standard("OTEL_EXPORTER_OTLP_ENDPOINT", warnings, |url| {
            Address::below(url, signal)
        })
    })
}

/// Whether the environment has an address for a signal, be it one that can be used or not.
pub(crate) fn has_address(env: &Env, signal: Signal) -> bool {
    names(signal, "ENDPOINT")
        .iter()
        .any(|name| env.is_set(name))
}

/// Completes an address by what the environment says about sending to it.
pub(crate) fn endpoint(
    address: Address,
    signal: Signal,
    env: &Env,
    warnings: &mut Warnings,
) -> Endpoint {
    check_protocol(env, signal, warnings);
    let headers = read(env, signal, "HEADERS", warnings, headers);
    if let Some((name, headers)) = &headers {
        check_secrecy(name, headers, &address, warnings);
    }
    let timeout = read(env, signal, "TIMEOUT", warnings, value::timeout);
    Endpoint {
        proxy: proxy::choose(&address.url, env, warnings),
        url: address.url,
        base: address.base,
        headers: headers.map(|(_, headers)| headers).unwrap_or_default(),
        timeout: timeout.map_or(TIMEOUT, |(_, timeout)| timeout),
        gzip: gzip(env, signal, warnings),
        certificates: certificates(env, signal, warnings),
    }
}

/// Reads the variable of the signal, else the one of all signals; says which one it was.
fn read<T>(
    env: &Env,
    signal: Signal,
    suffix: &str,
    warnings: &mut Warnings,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Option<(String, T)> {
    names(signal, suffix).into_iter().find_map(|name| {
        let value = env.standard(&name, warnings, &parse)?;
        Some((name, value))
    })
}

fn names(signal: Signal, suffix: &str) -> [String; 2] {
    let common = format!("OTEL_EXPORTER_OTLP_{suffix}");
    [signal.otlp_variable(suffix), common]
}

fn headers(list: &str) -> Result<Vec<(String, Secret)>, String> {
    pairs::parse(list)?
        .into_iter()
        .map(|(name, value)| {
            let Ok(valid) = HeaderName::from_bytes(name.as_bytes()) else {
                return Err(format!(
                    "{} is not the name of a header",
                    value::quoted(&name)
                ));
            };
            if HeaderValue::from_str(&value).is_err() {
                return Err(format!("the value of `{valid}` cannot be sent in a header"));
            }
            Ok((valid.as_str().to_owned(), Secret::new(value)))
        })
        .collect()
}

/// Only one protocol is spoken; the answer to another one says what that means.
fn check_protocol(env: &Env, signal: Signal, warnings: &mut Warnings) {
    #[derive(Clone, Copy)]
    enum Protocol {
        Protobuf,
        Json,
        Grpc,
    }
    let protocols = [
        ("http/protobuf", Protocol::Protobuf),
        ("http/json", Protocol::Json),
        ("grpc", Protocol::Grpc),
    ];
    let parse = |text: &str| value::one_of(text, &protocols);
    let Some((name, protocol)) = read(env, signal, "PROTOCOL", warnings, parse) else {
        return;
    };
    let problem = match protocol {
        Protocol::Protobuf => return,
        Protocol::Json => "`http/json` is not available; sending `http/protobuf`",
        Protocol::Grpc => {
            "`grpc` is not available; sending `http/protobuf`, for which collectors listen on \
             port 4318"
        }
    };
    warnings.push(format!("`{name}`: {problem}"));
}

fn gzip(env: &Env, signal: Signal, warnings: &mut Warnings) -> bool {
    let parse = |text: &str| value::one_of(text, &[("none", false), ("gzip", true)]);
    read(env, signal, "COMPRESSION", warnings, parse).is_some_and(|(_, gzip)| gzip)
}

/// Says so where a key would be sent for all on the way to read.
fn check_secrecy(
    name: &str,
    headers: &[(String, Secret)],
    address: &Address,
    warnings: &mut Warnings,
) {
    let Ok(uri) = address.url.parse::<Uri>() else {
        return;
    };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    if uri.scheme_str() != Some("http") || proxy::is_this_machine(host) {
        return;
    }
    let is_key = |header: &str| KEYS.iter().any(|part| header.contains(part));
    if let Some((header, _)) = headers.iter().find(|(header, _)| is_key(header)) {
        warnings.push(format!(
            "`{name}`: `{header}` is sent unencrypted to another machine; use an endpoint with \
             `https`"
        ));
    }
}

/// Where the files are; they are read when the first connection is made.
fn certificates(env: &Env, signal: Signal, warnings: &mut Warnings) -> Certificates {
    let path = |suffix: &str| {
        let mut names = names(signal, suffix).into_iter();
        names.find_map(|name| Some((env.path(&name)?, name)))
    };
    let trusted = path("CERTIFICATE").map(|(path, _)| path);
    let client = match (path("CLIENT_CERTIFICATE"), path("CLIENT_KEY")) {
        (Some((chain, _)), Some((key, _))) => Some((chain, key)),
        (None, None) => None,
        (Some((_, name)), None) | (None, Some((_, name))) => {
            warnings.push(format!(
                "`{name}`: ignored; a certificate of the client and its key need each other"
            ));
            None
        }
    };
    Certificates { trusted, client }
}
