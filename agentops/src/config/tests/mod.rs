//! What a configuration becomes, rule by rule.

mod code;
mod destinations;
mod hostile;
mod otlp;
mod resources;
mod variables;

use crate::config::Config;
use crate::config::env::Env;
use crate::config::settings::Settings;
use crate::config::targets::Target;

/// Variables and their values.
type Pairs<'a> = &'a [(&'a str, &'a str)];

/// A configuration from these variables and no others.
#[track_caller]
fn config(pairs: Pairs<'_>) -> Config {
    Config::from_snapshot(Env::from_pairs(pairs.iter().copied())).unwrap()
}

/// What these variables alone lead to, without a terminal.
#[track_caller]
fn settings(pairs: Pairs<'_>) -> Settings {
    config(pairs).resolve(false).unwrap()
}

/// The message that these variables alone lead to.
#[track_caller]
fn refusal(pairs: Pairs<'_>) -> String {
    Config::from_snapshot(Env::from_pairs(pairs.iter().copied()))
        .and_then(|config| config.resolve(false))
        .unwrap_err()
        .to_string()
}

/// The message that a value in code leads to.
#[track_caller]
fn refused(config: Config) -> String {
    config.resolve(false).unwrap_err().to_string()
}

/// The places of one signal in short: `local`, or the URL.
fn places(targets: &[Target]) -> Vec<&str> {
    let place = |target| match target {
        &Target::Local => "local",
        Target::Otlp(endpoint) => &endpoint.url,
    };
    targets.iter().map(place).collect()
}

/// The places of traces, metrics and logs in short.
fn all_places(settings: &Settings) -> [String; 3] {
    [&settings.traces, &settings.metrics, &settings.logs].map(|list| places(list).join(" "))
}
