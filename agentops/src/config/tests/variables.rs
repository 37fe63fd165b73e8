//! The single variables: what they set, and what is said of a bad value.

use std::path::PathBuf;
use std::time::Duration;

use opentelemetry_sdk::metrics::Temporality;

use super::{Pairs, config, refusal, settings};
use crate::config::durability::Durability;
use crate::config::terminal::Console;

const STANDARD: &str = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE";
const OLDER: &str = "OTEL_EXPORTER_METRICS_TEMPORALITY_PREFERENCE";

#[test]
fn an_empty_environment_gives_the_defaults() {
    let settings = settings(&[]);
    assert!(settings.enabled && !settings.color);
    assert_eq!(settings.console, Console::Off);
    assert_eq!(settings.home, None);
    assert_eq!(settings.metric_interval, Duration::from_mins(1));
    assert_eq!(settings.temporality, Temporality::Cumulative);
    assert_eq!(settings.durability, Durability::Background);
    assert!(settings.sampler.is_none());
    assert_eq!(settings.warnings, [""; 0]);
}

#[test]
fn bad_standard_values_are_warned_about_and_the_default_is_used() {
    for (name, value, problem) in [
        (
            "OTEL_SDK_DISABLED",
            "1",
            "`1` is not one of `true`, `false`",
        ),
        (
            "OTEL_METRIC_EXPORT_INTERVAL",
            "abc",
            "`abc` is not milliseconds",
        ),
        (
            "OTEL_METRIC_EXPORT_INTERVAL",
            "0",
            "`0ns` is not between 1 ms and 24 h",
        ),
        (
            "OTEL_METRIC_EXPORT_INTERVAL",
            "-1",
            "`-1` is not milliseconds",
        ),
        (
            STANDARD,
            "both",
            "`both` is not one of `cumulative`, `delta`, `lowmemory`",
        ),
        (
            OLDER,
            "both",
            "`both` is not one of `cumulative`, `delta`, `lowmemory`",
        ),
        (
            "OTEL_TRACES_SAMPLER",
            "xray",
            "`xray` is not one of `always_on`, `always_off`, `traceidratio`, \
             `parentbased_always_on`, `parentbased_always_off`, `parentbased_traceidratio`",
        ),
    ] {
        let settings = settings(&[(name, value)]);
        assert_eq!(
            settings.warnings,
            [format!("ignoring invalid `{name}`: {problem}")]
        );
        assert!(settings.enabled && settings.sampler.is_none());
        assert_eq!(settings.metric_interval, Duration::from_mins(1));
        assert_eq!(settings.temporality, Temporality::Cumulative);
    }
}

#[test]
fn bad_values_of_ours_are_errors() {
    let flags = "`maybe` is not one of `1`, `true`, `0`, `false`";
    for (name, value, problem) in [
        ("AGENTOPS_CONSOLE", "maybe", flags),
        (
            "AGENTOPS_HOME",
            "~/x",
            "`~` is a shorthand of shells; write the whole path",
        ),
    ] {
        let expected = format!("invalid `{name}` (environment): {problem}");
        assert_eq!(refusal(&[(name, value)]), expected);
    }
}

#[test]
fn the_whole_sdk_can_be_disabled() {
    for (value, enabled) in [
        ("true", false),
        ("TRUE", false),
        ("false", true),
        ("", true),
    ] {
        let settings = settings(&[("OTEL_SDK_DISABLED", value)]);
        assert_eq!(settings.enabled, enabled, "{value}");
        assert_eq!(settings.warnings, [""; 0]);
    }
}

#[test]
fn metric_times_are_milliseconds() {
    let settings = settings(&[("OTEL_METRIC_EXPORT_INTERVAL", "250")]);
    assert_eq!(settings.metric_interval, Duration::from_millis(250));
}

#[test]
fn the_standard_temporality_wins_over_the_older_spelling() {
    let standard = settings(&[(STANDARD, " LowMemory "), (OLDER, "delta")]);
    assert_eq!(standard.temporality, Temporality::LowMemory);
    assert_eq!(standard.warnings, [""; 0]);

    let older = settings(&[(OLDER, "DELTA")]);
    assert_eq!(older.temporality, Temporality::Delta);
    assert_eq!(
        older.warnings,
        [format!("`{OLDER}`: the standard spelling is `{STANDARD}`")]
    );
}

#[test]
fn samplers_are_those_of_the_specification() {
    for (name, arg, expected) in [
        ("always_on", "", "AlwaysOn, asked: Every"),
        ("ALWAYS_OFF", "", "AlwaysOff, asked: Every"),
        (
            "traceidratio",
            "0.25",
            "TraceIdRatioBased(0.25), asked: Every",
        ),
        ("traceidratio", "", "TraceIdRatioBased(1.0), asked: Every"),
        ("parentbased_always_on", "", "None"),
        ("parentbased_always_off", "", "AlwaysOff, asked: Roots"),
        (
            "parentbased_traceidratio",
            "0.5",
            "TraceIdRatioBased(0.5), asked: Roots",
        ),
    ] {
        let settings = settings(&[
            ("OTEL_TRACES_SAMPLER", name),
            ("OTEL_TRACES_SAMPLER_ARG", arg),
        ]);
        let shown = format!("{:?}", settings.sampler);
        let told = shown.trim_start_matches("Some(Sampling { sampler: ");
        assert!(told.starts_with(expected), "{name}: {shown}");
        assert_eq!(settings.warnings, [""; 0]);
    }
}

#[test]
fn bad_sampling_ratios_are_ignored() {
    for arg in ["2", "-0.1", "half", "NaN"] {
        let settings = settings(&[
            ("OTEL_TRACES_SAMPLER", "traceidratio"),
            ("OTEL_TRACES_SAMPLER_ARG", arg),
        ]);
        let problem = format!("`{arg}` is not a number from 0 to 1");
        let expected = format!("ignoring invalid `OTEL_TRACES_SAMPLER_ARG`: {problem}");
        assert_eq!(settings.warnings, [expected]);
        let sampler = format!("{:?}", settings.sampler);
        assert!(sampler.contains("TraceIdRatioBased(1.0)"), "{sampler}");
    }
}

#[test]
fn the_console_follows_its_variable_and_the_terminal() {
    let off = ("AGENTOPS_CONSOLE", "0");
    let on = ("AGENTOPS_CONSOLE", "1");
    let away = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://a");
    let cases: [(Pairs<'_>, bool, Console); 6] = [
        (&[], true, Console::Summary),
        (&[], false, Console::Off),
        (&[off], true, Console::Off),
        (&[on], false, Console::Tree),
        (&[away], true, Console::Off),
        (&[("AGENTOPS_DESTINATION", "none")], true, Console::Off),
    ];
    for (pairs, terminal, expected) in cases {
        let settings = config(pairs).resolve(terminal).unwrap();
        assert_eq!(settings.console, expected, "{pairs:?}");
        assert_eq!(settings.color, terminal);
    }
    let settings = config(&[("NO_COLOR", "1")]).resolve(true).unwrap();
    assert!(!settings.color);
}

#[test]
fn the_spool_is_in_our_home_or_the_users() {
    for (pairs, expected) in [
        (vec![("HOME", "/u"), ("AGENTOPS_HOME", "/a")], Some("/a")),
        (
            vec![("HOME", "/u"), ("AGENTOPS_HOME", "")],
            Some("/u/.agentops"),
        ),
        (vec![("USERPROFILE", "/p")], Some("/p/.agentops")),
        (vec![("HOME", "")], None),
    ] {
        assert_eq!(
            settings(&pairs).home,
            expected.map(PathBuf::from),
            "{pairs:?}"
        );
    }
}
