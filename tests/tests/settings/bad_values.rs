//! Values that cannot be used, in variables and in code: what happens and what is said.

use std::time::Duration;

use agentops::Config;
use agentops::config::Destination;
use agentops_tests::program::uninitialized;

use crate::{notice, run};

/// What the probe says when all stays on this machine.
const LOCAL: &str = "init: ok\nreport: 2 spans in {home}/.agentops/spool/local\n";

/// A bad value of a variable of ours is an error, and the program goes on without telemetry.
#[test]
fn bad_variables_of_ours_are_errors() {
    for (name, value, message) in [
        (
            "AGENTOPS_CONSOLE",
            "maybe",
            "invalid `AGENTOPS_CONSOLE` (environment): `maybe` is not one of `1`, `true`, `0`, \
             `false`",
        ),
        (
            "AGENTOPS_DESTINATION",
            "local,colector",
            "invalid `AGENTOPS_DESTINATION` (environment): `colector` is not one of `local`, \
             `otlp`, `none`",
        ),
        (
            "AGENTOPS_DESTINATION",
            "none,local",
            "invalid `AGENTOPS_DESTINATION` (environment): `none` cannot stand beside another \
             destination",
        ),
        (
            "AGENTOPS_DESTINATION",
            ",",
            "invalid `AGENTOPS_DESTINATION` (environment): the list is empty; write `none` to \
             send nothing",
        ),
        (
            "AGENTOPS_DESTINATION",
            "agentops",
            "unsupported `AGENTOPS_DESTINATION` (environment): `agentops` is not available in \
             this version; use `local`, or `otlp` with an endpoint",
        ),
        (
            "AGENTOPS_HOME",
            "~/telemetry",
            "invalid `AGENTOPS_HOME` (environment): `~` is a shorthand of shells; write the \
             whole path",
        ),
    ] {
        let exit = run("run", &[(name, value)]);
        assert_eq!(exit.stdout, format!("init: {message}\n"), "{name}={value}");
        assert_eq!(exit.stderr, "", "{name}={value}");
    }
}

const STAYS: &str = "spans stay on this machine, without arguments and results, until the endpoint \
                     can be used; they are not sent later";

/// A bad value of a variable of OpenTelemetry is one line on stderr, listed in the warnings, and
/// as good as unset. Of spans that were meant to leave by one, another says where they are.
#[test]
fn bad_variables_of_opentelemetry_are_warnings() {
    const METRICS_URL: &str = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    const TEMPORALITY: &str = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE";
    for (name, value, problem) in [
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "localhost:4318",
            "the URL has no scheme; write a whole URL, such as `http://localhost:4318`",
        ),
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://user:s3cret@localhost:4318",
            "the URL holds credentials; put them into `OTEL_EXPORTER_OTLP_HEADERS` and write a \
             URL without them, such as `http://localhost:4318`",
        ),
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://localhost:4318?key=s3cret",
            "the URL has a query, so the path of a signal cannot be appended",
        ),
        (
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "http://:4318/v1/traces",
            "the URL has no host; write a whole URL, such as `http://localhost:4318`",
        ),
        (
            METRICS_URL,
            "ftp://localhost",
            "the scheme is neither `http` nor `https`; write an HTTP URL, such as \
             `http://localhost:4318`",
        ),
        (
            "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
            "http://local host",
            "the URL holds a space or a line break; write a plain URL, such as \
             `http://localhost:4318`",
        ),
        (
            "OTEL_TRACES_EXPORTER",
            "jaeger",
            "`jaeger` is not one of `otlp`, `none`",
        ),
        (
            "OTEL_TRACES_SAMPLER",
            "sometimes",
            "`sometimes` is not one of `always_on`, `always_off`, `traceidratio`, \
             `parentbased_always_on`, `parentbased_always_off`, `parentbased_traceidratio`",
        ),
        (
            "OTEL_METRIC_EXPORT_INTERVAL",
            "abc",
            "`abc` is not milliseconds",
        ),
        (
            TEMPORALITY,
            "sometimes",
            "`sometimes` is not one of `cumulative`, `delta`, `lowmemory`",
        ),
        (
            "OTEL_SDK_DISABLED",
            "1",
            "`1` is not one of `true`, `false`",
        ),
        (
            "OTEL_RESOURCE_ATTRIBUTES",
            "team=agents,nonsense",
            "entry 2 is not `name=value`",
        ),
        (
            "OTEL_RESOURCE_ATTRIBUTES",
            "team=%zz",
            "entry 1 has a `%` without two hexadecimal digits after it",
        ),
    ] {
        let exit = run("run", &[(name, value)]);
        let mut warnings = vec![format!("ignoring invalid `{name}`: {problem}")];
        let is_of_spans = name.ends_with("OTLP_ENDPOINT") || name.ends_with("TRACES_ENDPOINT");
        if is_of_spans {
            warnings.push(STAYS.to_owned());
        }
        let told: String = warnings.iter().map(|warning| notice(warning)).collect();
        assert_eq!(exit.stderr, told, "{name}={value}");
        let expected = format!("{LOCAL}warnings: {warnings:?}\n");
        assert_eq!(exit.stdout, expected, "{name}={value}");
    }
}

#[test]
fn bad_argument_of_the_sampler_is_a_warning() {
    let exit = run(
        "run",
        &[
            ("OTEL_TRACES_SAMPLER", "traceidratio"),
            ("OTEL_TRACES_SAMPLER_ARG", "2"),
        ],
    );
    assert_eq!(
        exit.stderr,
        notice("ignoring invalid `OTEL_TRACES_SAMPLER_ARG`: `2` is not a number from 0 to 1")
    );
    assert!(exit.stdout.starts_with(LOCAL), "{}", exit.stdout);
}

/// What belongs to an endpoint is only read where there is one: nobody listens at this one.
#[test]
fn bad_variables_of_the_exporter_are_warnings() {
    const ENDPOINT: &str = "http://127.73.0.1:1";
    for (name, value, warning) in [
        (
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            "grpc",
            "`OTEL_EXPORTER_OTLP_PROTOCOL`: `grpc` is not available; sending `http/protobuf`, \
             for which collectors listen on port 4318",
        ),
        (
            "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL",
            "http/json",
            "`OTEL_EXPORTER_OTLP_METRICS_PROTOCOL`: `http/json` is not available; sending \
             `http/protobuf`",
        ),
        (
            "OTEL_EXPORTER_OTLP_COMPRESSION",
            "zstd",
            "ignoring invalid `OTEL_EXPORTER_OTLP_COMPRESSION`: `zstd` is not one of `none`, \
             `gzip`",
        ),
        (
            "OTEL_EXPORTER_OTLP_TIMEOUT",
            "soon",
            "ignoring invalid `OTEL_EXPORTER_OTLP_TIMEOUT`: `soon` is not milliseconds",
        ),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            "s3cret",
            "ignoring invalid `OTEL_EXPORTER_OTLP_HEADERS`: entry 1 is not `name=value`",
        ),
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            "authorization=s3cret%0d%0aX-Evil: 1",
            "ignoring invalid `OTEL_EXPORTER_OTLP_HEADERS`: the value of `authorization` cannot \
             be sent in a header",
        ),
        (
            "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE",
            "{home}/me.pem",
            "`OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE`: ignored; a certificate of the client and \
             its key need each other",
        ),
    ] {
        let exit = run(
            "run",
            &[("OTEL_EXPORTER_OTLP_ENDPOINT", ENDPOINT), (name, value)],
        );
        let down = notice(&format!(
            "the endpoint does not take data (connection refused); it is kept in the spool and \
             sent later, by this run or the next: {ENDPOINT}"
        ));
        assert_eq!(exit.stderr, notice(warning) + &down, "{name}={value}");
        let told = format!("\nwarnings: [{warning:?}]\n");
        assert!(
            exit.stdout.ends_with(&told),
            "{name}={value}: {}",
            exit.stdout
        );
    }
}

#[test]
fn key_of_a_service_that_is_not_served_yet_says_where_data_goes_instead() {
    let exit = run("run", &[("AGENTOPS_API_KEY", "s3cret")]);
    assert_eq!(
        exit.stderr,
        notice(
            "`AGENTOPS_API_KEY`: sending to AgentOps is not available in this version; data goes \
             to this machine"
        )
    );
    assert!(!exit.stdout.contains("s3cret"), "{}", exit.stdout);
}

#[test]
fn empty_variables_count_as_unset() {
    let names = [
        "AGENTOPS_CONSOLE",
        "AGENTOPS_DESTINATION",
        "AGENTOPS_HOME",
        "AGENTOPS_API_KEY",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_TRACES_SAMPLER",
        "OTEL_METRIC_EXPORT_INTERVAL",
        "OTEL_SDK_DISABLED",
        "OTEL_SERVICE_NAME",
        "OTEL_RESOURCE_ATTRIBUTES",
    ];
    for value in ["", " "] {
        let exit = run("run", &names.map(|name| (name, value)));
        assert_eq!(exit.stdout, format!("{LOCAL}warnings: []\n"));
        assert_eq!(exit.stderr, "");
    }
}

#[cfg(unix)]
#[test]
fn variables_that_are_not_text_harm_nobody() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    for name in [
        "OTEL_SERVICE_NAME",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_RESOURCE_ATTRIBUTES",
        "OTEL_SDK_DISABLED",
        "SOMETHING_ELSE",
    ] {
        let home = tempfile::tempdir().unwrap();
        let exit = crate::probe("run", home.path())
            .env(name, OsStr::from_bytes(b"\xff\xfe"))
            .run(crate::TIMEOUT);
        exit.assert_success();
        let ran = exit.stdout.starts_with("init: ok\nreport: 2 spans in ");
        assert!(ran, "{name}: {}", exit.stdout);
    }
}

#[test]
fn bad_values_in_code_are_errors() {
    let config = || Config::new().home("{home}");
    for (config, message) in [
        (
            config().endpoint("localhost:4318"),
            "invalid `endpoint` (code): the URL has no scheme; write a whole URL, such as \
             `http://localhost:4318`",
        ),
        (
            config().endpoint("http://user:s3cret@localhost:4318"),
            "invalid `endpoint` (code): the URL holds credentials; put them into \
             `OTEL_EXPORTER_OTLP_HEADERS` and write a URL without them, such as \
             `http://localhost:4318`",
        ),
        (
            config().traces_endpoint("http://localhost:99999"),
            "invalid `traces_endpoint` (code): the port is no number below 65536; write a valid \
             one, such as `http://localhost:4318`",
        ),
        (
            config().metrics_endpoint("http://"),
            "invalid `metrics_endpoint` (code): the URL has no host; write a whole URL, such as \
             `http://localhost:4318`",
        ),
        (
            config().metric_interval(Duration::ZERO),
            "invalid `metric_interval` (code): `0ns` is not between 1 ms and 24 h",
        ),
        (
            config().destinations([]),
            "invalid `destination` (code): the list is empty; write `none` to send nothing",
        ),
        (
            config().destination(Destination::Agentops),
            "unsupported `destination` (code): `agentops` is not available in this version; use \
             `local`, or `otlp` with an endpoint",
        ),
        (
            config().home(""),
            "invalid `home` (code): the path is empty",
        ),
        (
            config().home("~/telemetry"),
            "invalid `home` (code): `~` is a shorthand of shells; write the whole path",
        ),
        (
            config().service_name(" "),
            "invalid `service_name` (code): the name is empty",
        ),
        (
            config().resource("", "x"),
            "invalid `resource` (code): the key is empty",
        ),
    ] {
        let error = uninitialized(|| config.init().map(drop).unwrap_err());
        assert_eq!(error.to_string(), message);
    }
}
