//! Where each signal goes.

use super::{Pairs, all_places, config, refusal, settings};
use crate::config::destination::Destination;

const AT_A: [&str; 3] = [
    "http://a:4318/v1/traces",
    "http://a:4318/v1/metrics",
    "http://a:4318/v1/logs",
];
const BY_DEFAULT: [&str; 3] = [
    "http://localhost:4318/v1/traces",
    "http://localhost:4318/v1/metrics",
    "http://localhost:4318/v1/logs",
];
const LOCAL: [&str; 3] = ["local"; 3];
const NOWHERE: [&str; 3] = [""; 3];

const DESTINATION: &str = "AGENTOPS_DESTINATION";
const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
const TRACES_ENDPOINT: &str = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

#[test]
fn the_environment_decides_where_code_is_silent() {
    let cases: [(Pairs<'_>, [&str; 3]); 11] = [
        (&[], LOCAL),
        (&[(ENDPOINT, "http://a:4318")], AT_A),
        (&[(ENDPOINT, "http://a:4318/")], AT_A),
        (&[(ENDPOINT, " ")], LOCAL),
        (
            &[(DESTINATION, "local"), (ENDPOINT, "http://a:4318")],
            LOCAL,
        ),
        (&[(DESTINATION, "otlp"), (ENDPOINT, "http://a:4318")], AT_A),
        (&[(DESTINATION, "otlp")], BY_DEFAULT),
        (
            &[(DESTINATION, "none"), (ENDPOINT, "http://a:4318")],
            NOWHERE,
        ),
        (
            &[(TRACES_ENDPOINT, "https://b/in")],
            ["https://b/in", "local", "local"],
        ),
        (
            &[(DESTINATION, "otlp"), (TRACES_ENDPOINT, "https://b/in")],
            ["https://b/in", "local", "local"],
        ),
        (
            &[(ENDPOINT, "http://a:4318"), (TRACES_ENDPOINT, "https://b")],
            ["https://b", AT_A[1], AT_A[2]],
        ),
    ];
    for (pairs, expected) in cases {
        let settings = settings(pairs);
        assert_eq!(all_places(&settings), expected, "{pairs:?}");
        assert_eq!(settings.warnings, [""; 0], "{pairs:?}");
    }
}

#[test]
fn several_destinations_fan_out_once_each() {
    let both = settings(&[
        (DESTINATION, "local,otlp,local"),
        (ENDPOINT, "http://a:4318"),
    ]);
    assert_eq!(all_places(&both), AT_A.map(|url| format!("local {url}")));

    let one = settings(&[(DESTINATION, "local,otlp"), (TRACES_ENDPOINT, "http://b")]);
    assert_eq!(all_places(&one), ["local http://b", "local", "local"]);
}

#[test]
fn exporters_turn_single_signals_on_and_off() {
    let cases: [(Pairs<'_>, [&str; 3]); 6] = [
        (&[("OTEL_METRICS_EXPORTER", "none")], ["local", "", "local"]),
        (
            &[("OTEL_LOGS_EXPORTER", "none"), (DESTINATION, "otlp")],
            [BY_DEFAULT[0], BY_DEFAULT[1], ""],
        ),
        (
            &[("OTEL_LOGS_EXPORTER", "OTLP")],
            ["local", "local", BY_DEFAULT[2]],
        ),
        (
            &[
                ("OTEL_LOGS_EXPORTER", "none,otlp"),
                (TRACES_ENDPOINT, "http://b"),
            ],
            ["http://b", "local", BY_DEFAULT[2]],
        ),
        (
            &[("OTEL_LOGS_EXPORTER", "otlp"), (DESTINATION, "local")],
            LOCAL,
        ),
        (&[("OTEL_LOGS_EXPORTER", ",")], LOCAL),
    ];
    for (pairs, expected) in cases {
        let settings = settings(pairs);
        assert_eq!(all_places(&settings), expected, "{pairs:?}");
        assert_eq!(settings.warnings, [""; 0], "{pairs:?}");
    }

    let unknown = settings(&[("OTEL_TRACES_EXPORTER", "console")]);
    assert_eq!(all_places(&unknown), LOCAL);
    assert_eq!(
        unknown.warnings,
        ["ignoring invalid `OTEL_TRACES_EXPORTER`: `console` is not one of `otlp`, `none`"]
    );
}

#[test]
fn code_beats_the_environment() {
    let elsewhere = [(ENDPOINT, "http://b"), (TRACES_ENDPOINT, "http://c")];
    let base = config(&elsewhere).endpoint("http://a:4318");
    assert_eq!(all_places(&base.resolve(false).unwrap()), AT_A);

    let local = config(&elsewhere).destination(Destination::Local);
    assert_eq!(all_places(&local.resolve(false).unwrap()), LOCAL);

    let otlp = config(&[(DESTINATION, "none")]).destination(Destination::Otlp);
    assert_eq!(all_places(&otlp.resolve(false).unwrap()), BY_DEFAULT);

    let own = config(&[("OTEL_LOGS_EXPORTER", "none")]).logs_endpoint("http://d/in");
    let expected = ["local", "local", "http://d/in"];
    assert_eq!(all_places(&own.resolve(false).unwrap()), expected);

    let mixed = config(&[])
        .endpoint("http://a:4318")
        .traces_endpoint("http://t")
        .metrics_endpoint("http://m");
    let expected = ["http://t", "http://m", AT_A[2]];
    assert_eq!(all_places(&mixed.resolve(false).unwrap()), expected);
}

#[test]
fn an_endpoint_in_code_does_not_undo_a_destination() {
    let kept = config(&[(DESTINATION, "local")])
        .endpoint("http://a:4318")
        .logs_endpoint("http://b")
        .resolve(false)
        .unwrap();
    assert_eq!(all_places(&kept), LOCAL);
    assert_eq!(
        kept.warnings,
        [
            "`endpoint` (code) is not used: `otlp` is not among the destinations",
            "`logs_endpoint` (code) is not used: `otlp` is not among the destinations",
        ]
    );
}

#[test]
fn an_api_key_alone_says_where_the_data_goes() {
    let start = "`AGENTOPS_API_KEY`: sending to AgentOps is not available in this version; \
                 data goes to ";
    let key = ("AGENTOPS_API_KEY", "s3cret");
    let cases: [(Pairs<'_>, &str); 4] = [
        (&[key], "this machine"),
        (&[key, (ENDPOINT, "http://a:4318")], "http://a:4318"),
        (
            &[key, (TRACES_ENDPOINT, "http://a/in?key=s3cret")],
            "this machine and http://a/in",
        ),
        (
            &[
                key,
                ("OTEL_TRACES_EXPORTER", "none"),
                ("OTEL_METRICS_EXPORTER", "none"),
                ("OTEL_LOGS_EXPORTER", "none"),
            ],
            "nowhere",
        ),
    ];
    for (pairs, place) in cases {
        assert_eq!(settings(pairs).warnings, [format!("{start}{place}")]);
    }
    let decided = settings(&[key, (DESTINATION, "local")]);
    assert_eq!(decided.warnings, [""; 0]);
}

#[test]
fn bad_destinations_are_errors() {
    for (value, expected) in [
        (
            "colector",
            "invalid `AGENTOPS_DESTINATION` (environment): `colector` is not one of `local`, \
             `otlp`, `none`",
        ),
        (
            "none,local",
            "invalid `AGENTOPS_DESTINATION` (environment): `none` cannot stand beside another \
             destination",
        ),
        (
            ",",
            "invalid `AGENTOPS_DESTINATION` (environment): the list is empty; write `none` to \
             send nothing",
        ),
        (
            "agentops",
            "unsupported `AGENTOPS_DESTINATION` (environment): `agentops` is not available in \
             this version; use `local`, or `otlp` with an endpoint",
        ),
    ] {
        assert_eq!(refusal(&[(DESTINATION, value)]), expected);
    }
}

#[test]
fn bad_endpoints_of_the_environment_are_ignored_without_being_shown() {
    let start = "ignoring invalid `OTEL_EXPORTER_OTLP_ENDPOINT`: ";
    for (value, problem) in [
        (
            "localhost:4318",
            "the URL has no scheme; write a whole URL, such as `http://localhost:4318`",
        ),
        (
            "http://user:s3cret@a:4318",
            "the URL holds credentials; put them into `OTEL_EXPORTER_OTLP_HEADERS` and write a \
             URL without them, such as `http://localhost:4318`",
        ),
    ] {
        let settings = settings(&[(ENDPOINT, value)]);
        assert_eq!(all_places(&settings), LOCAL);
        let stays = "spans stay on this machine, without arguments and results, until the endpoint \
                     can be used; they are not sent later";
        assert_eq!(settings.warnings, [&format!("{start}{problem}"), stays]);
        // They were meant to leave, which is no place for what only stays here.
        assert!(!settings.content.is_captured);
    }
    let fallen_back = settings(&[(TRACES_ENDPOINT, "ftp://b"), (ENDPOINT, "http://a:4318")]);
    assert_eq!(all_places(&fallen_back), AT_A);
    assert_eq!(fallen_back.warnings.len(), 1, "{:?}", fallen_back.warnings);
}
