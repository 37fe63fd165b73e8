//! Values that a program sets itself.

use std::path::PathBuf;
use std::time::Duration;

use opentelemetry_sdk::metrics::Temporality;
use opentelemetry_sdk::trace::Sampler;

use super::{config, refused};
use crate::config::Config;
use crate::config::destination::Destination;
use crate::config::durability::Durability;
use crate::config::terminal::Console;

#[test]
fn code_beats_every_variable() {
    let settings = config(&[
        ("AGENTOPS_CONSOLE", "1"),
        ("AGENTOPS_HOME", "/a"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "1"),
        ("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "delta"),
        ("OTEL_TRACES_SAMPLER", "always_off"),
    ])
    .console(false)
    .home("/b")
    .metric_interval(Duration::from_secs(5))
    .temporality(Temporality::LowMemory)
    .sampler(Sampler::AlwaysOn)
    .resolve(true)
    .unwrap();
    assert_eq!(settings.console, Console::Off);
    assert_eq!(settings.home, Some(PathBuf::from("/b")));
    assert_eq!(settings.metric_interval, Duration::from_secs(5));
    assert_eq!(settings.temporality, Temporality::LowMemory);
    let sampler = format!("{:?}", settings.sampler);
    assert!(
        sampler.starts_with("Some(Sampling { sampler: AlwaysOn, asked: Roots,"),
        "{sampler}"
    );
    assert_eq!(settings.warnings, [""; 0]);
}

#[test]
fn a_sampler_may_be_asked_about_every_span() {
    let config = config(&[]).sampler_for_every_span(Sampler::AlwaysOff);
    let settings = config.resolve(false).unwrap();
    let sampler = format!("{:?}", settings.sampler);
    assert!(
        sampler.starts_with("Some(Sampling { sampler: AlwaysOff, asked: Every,"),
        "{sampler}"
    );
}

#[test]
fn durability_is_taken_over() {
    let settings = config(&[])
        .durability(Durability::Sync)
        .resolve(false)
        .unwrap();
    assert_eq!(settings.durability, Durability::Sync);
}

#[test]
fn bad_values_in_code_are_errors() {
    let plain = || config(&[]);
    let unsupported = "unsupported `destination` (code): `agentops` is not available in this \
                       version; use `local`, or `otlp` with an endpoint";
    let no_scheme = "the URL has no scheme; write a whole URL, such as `http://localhost:4318`";
    let credentials = "the URL holds credentials; put them into `OTEL_EXPORTER_OTLP_HEADERS` \
                       and write a URL without them, such as `http://localhost:4318`";
    for (config, expected) in [
        (
            plain().destination(Destination::Agentops),
            unsupported.to_owned(),
        ),
        (
            plain().destinations([]),
            "invalid `destination` (code): the list is empty; write `none` to send nothing"
                .to_owned(),
        ),
        (
            plain().endpoint("localhost:4318"),
            format!("invalid `endpoint` (code): {no_scheme}"),
        ),
        (
            plain().logs_endpoint("http://u:s3cret@a"),
            format!("invalid `logs_endpoint` (code): {credentials}"),
        ),
        (
            plain().endpoint("x").destination(Destination::Local),
            format!("invalid `endpoint` (code): {no_scheme}"),
        ),
        (
            plain().metric_interval(Duration::ZERO),
            "invalid `metric_interval` (code): `0ns` is not between 1 ms and 24 h".to_owned(),
        ),
        (
            plain().home(""),
            "invalid `home` (code): the path is empty".to_owned(),
        ),
        (
            plain().home("~/.agentops"),
            "invalid `home` (code): `~` is a shorthand of shells; write the whole path".to_owned(),
        ),
    ] {
        assert_eq!(refused(config), expected);
    }
}

#[test]
fn secrets_are_not_in_debug_output() {
    let config = config(&[
        ("AGENTOPS_API_KEY", "s3cret"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=s3cret"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a"),
    ]);
    let with_url = config.clone().endpoint("http://u:s3cret@a");
    assert!(!format!("{with_url:?}").contains("s3cret"), "{with_url:?}");
    let settings = config.resolve(false).unwrap();
    assert!(!format!("{settings:?}").contains("s3cret"), "{settings:?}");
}

#[test]
fn a_new_config_ignores_the_settings_of_the_environment() {
    let shown = format!("{:?}", Config::new());
    assert!(
        !shown.contains("OTEL_") && !shown.contains("AGENTOPS_"),
        "{shown}"
    );
    let settings = Config::default().resolve(false).unwrap();
    assert_eq!(settings.warnings, [""; 0]);
}
