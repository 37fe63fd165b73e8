//! Values that nobody means do no harm, and no secret among them is shown.

use http::{HeaderName, HeaderValue};

use crate::config::Config;
use crate::config::env::Env;
use crate::config::targets::Target;

/// Stands in all headers.
const SECRET: &str = "hunter2";
/// Variables that hold URLs, headers, lists and numbers.
const NAMES: [&str; 12] = [
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_EXPORTER_OTLP_HEADERS",
    "OTEL_EXPORTER_OTLP_LOGS_HEADERS",
    "OTEL_EXPORTER_OTLP_TIMEOUT",
    "OTEL_RESOURCE_ATTRIBUTES",
    "OTEL_TRACES_SAMPLER",
    "OTEL_TRACES_SAMPLER_ARG",
    "OTEL_METRIC_EXPORT_INTERVAL",
    "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
    "AGENTOPS_DESTINATION",
    "AGENTOPS_HOME",
];
/// What values are put together from.
const PIECES: [&str; 32] = [
    "http://",
    "https://",
    "localhost",
    "[::1]",
    ":4318",
    ":99999",
    "/",
    "?a=b",
    "#",
    "@",
    "user:",
    "hunter2",
    "%",
    "%0d%0a",
    "%ff",
    "\r\n",
    "\0",
    "=",
    ",",
    ";",
    " ",
    "\t",
    "é",
    "🦀",
    "-1",
    "18446744073709551616",
    "1e308",
    "NaN",
    "authorization",
    "Bearer ",
    "local",
    "parentbased_",
];

/// `SplitMix64`, which is the same each time.
fn random(state: &mut u64) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    usize::try_from(mixed >> 40).unwrap()
}

#[test]
fn no_value_of_a_variable_does_harm_or_shows_a_secret() {
    let mut state = 1;
    for _ in 0..5_000 {
        let pairs: Vec<(&str, String)> = NAMES
            .iter()
            .filter_map(|name| {
                let count = random(&mut state) % 7;
                let pieces = (0..count).map(|_| PIECES[random(&mut state) % PIECES.len()]);
                let value: String = pieces.collect();
                let is_set = !random(&mut state).is_multiple_of(3);
                is_set.then_some((*name, value))
            })
            .collect();
        let env = Env::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())));
        let resolved = Config::from_snapshot(env).and_then(|config| config.resolve(false));
        // What is no secret's place may be shown: the words of a list, a name, a number.
        let may_show = pairs.iter().any(|(name, value)| {
            let holds_secrets = name.ends_with("HEADERS") || name.ends_with("ENDPOINT");
            value.contains(SECRET) && !holds_secrets
        });
        match resolved {
            Ok(settings) => {
                let shown = format!("{:?}", settings.warnings);
                assert!(may_show || !shown.contains(SECRET), "{pairs:?}: {shown}");
                for target in settings.traces.iter().chain(&settings.logs) {
                    check(target);
                }
            }
            Err(error) => {
                let shown = format!("{error} {error:?}");
                assert!(may_show || !shown.contains(SECRET), "{pairs:?}: {shown}");
            }
        }
    }
}

/// What is sent along can be sent.
fn check(target: &Target) {
    let Target::Otlp(endpoint) = target else {
        return;
    };
    assert!(endpoint.url.starts_with("http://") || endpoint.url.starts_with("https://"));
    for (name, value) in &endpoint.headers {
        assert!(HeaderName::try_from(name.as_str()).is_ok(), "{name:?}");
        assert!(HeaderValue::try_from(value.expose()).is_ok(), "{name:?}");
    }
    let shown = format!("{:?}", endpoint.headers);
    assert!(!shown.contains(SECRET), "{shown}");
}
