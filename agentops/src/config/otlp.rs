//! Read the `OTEL_EXPORTER_OTLP_*` variables, each for one signal or for all.

use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::config::endpoint::{Address, Endpoint};
use crate::config::env::Env;
use crate::config::pairs;
use crate::config::secret::Secret;
use crate::config::signal::Signal;
use crate::config::value;
use crate::config::warnings::Warnings;

/// How long a request may take where nothing says otherwise.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Variables that would change what is trusted or how a server knows us.
const CERTIFICATES: [&str; 3] = ["CERTIFICATE", "CLIENT_CERTIFICATE", "CLIENT_KEY"];

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

/// Completes an address by what the environment says about sending to it.
pub(crate) fn endpoint(
    address: Address,
    signal: Signal,
    env: &Env,
    warnings: &mut Warnings,
) -> Endpoint {
    check_protocol(env, signal, warnings);
    check_compression(env, signal, warnings);
    check_certificates(env, signal, warnings);
    let headers = read(env, signal, "HEADERS", warnings, headers);
    let timeout = read(env, signal, "TIMEOUT", warnings, value::timeout);
    Endpoint {
        url: address.url,
        base: address.base,
        headers: headers.map(|(_, headers)| headers).unwrap_or_default(),
        timeout: timeout.map_or(TIMEOUT, |(_, timeout)| timeout),
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

fn check_compression(env: &Env, signal: Signal, warnings: &mut Warnings) {
    let parse = |text: &str| value::one_of(text, &[("none", false), ("gzip", true)]);
    if let Some((name, true)) = read(env, signal, "COMPRESSION", warnings, parse) {
        warnings.push(format!(
            "`{name}`: `gzip` is not available in this version; sending uncompressed"
        ));
    }
}

fn check_certificates(env: &Env, signal: Signal, warnings: &mut Warnings) {
    let names = CERTIFICATES.map(|suffix| names(signal, suffix));
    for name in names.iter().flatten().filter(|name| env.is_set(name)) {
        warnings.push(format!(
            "`{name}`: ignored; certificates cannot be chosen in this version"
        ));
    }
}
