//! What is sent along, and what the sender cannot do.

use std::time::Duration;

use super::settings;
use crate::config::endpoint::Endpoint;
use crate::config::targets::Target;

const ENDPOINT: (&str, &str) = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4318");

#[track_caller]
fn endpoint(targets: &[Target]) -> &Endpoint {
    match targets {
        [Target::Otlp(endpoint)] => endpoint,
        other => panic!("not one collector: {other:?}"),
    }
}

/// Names and values, exposed.
fn headers(endpoint: &Endpoint) -> Vec<(&str, &str)> {
    let headers = endpoint.headers.iter();
    headers.map(|(k, v)| (k.as_str(), v.expose())).collect()
}

#[test]
fn defaults_are_those_of_the_specification() {
    let settings = settings(&[ENDPOINT]);
    let traces = endpoint(&settings.traces);
    assert_eq!(traces.base, "http://a:4318");
    assert_eq!(traces.timeout, Duration::from_secs(10));
    assert_eq!(traces.headers, []);
    assert!(!traces.gzip && traces.proxy.is_none());
    assert_eq!(settings.warnings, [""; 0]);
}

#[test]
fn a_variable_of_one_signal_replaces_the_one_of_all() {
    let settings = settings(&[
        ENDPOINT,
        ("OTEL_EXPORTER_OTLP_HEADERS", "Api-Key=a%20b,x=y"),
        (
            "OTEL_EXPORTER_OTLP_LOGS_HEADERS",
            "authorization=Basic Zm9v==",
        ),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "3000"),
        ("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "0"),
    ]);
    let common = [("api-key", "a b"), ("x", "y")];
    assert_eq!(headers(endpoint(&settings.traces)), common);
    assert_eq!(headers(endpoint(&settings.metrics)), common);
    let own = [("authorization", "Basic Zm9v==")];
    assert_eq!(headers(endpoint(&settings.logs)), own);
    let timeouts = [&settings.traces, &settings.metrics, &settings.logs]
        .map(|targets| endpoint(targets).timeout.as_secs());
    assert_eq!(timeouts, [3, 24 * 60 * 60, 3]);
    let unencrypted = |name, header| {
        format!(
            "`{name}`: `{header}` is sent unencrypted to another machine; use an endpoint with \
             `https`"
        )
    };
    assert_eq!(
        settings.warnings,
        [
            unencrypted("OTEL_EXPORTER_OTLP_HEADERS", "api-key"),
            unencrypted("OTEL_EXPORTER_OTLP_LOGS_HEADERS", "authorization"),
        ]
    );
}

#[test]
fn a_key_may_go_to_this_machine_or_encrypted() {
    for endpoint in ["http://localhost:4318", "http://[::1]:4318", "https://a"] {
        let settings = settings(&[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
            ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=a"),
        ]);
        assert_eq!(settings.warnings, [""; 0]);
    }
    let harmless = settings(&[ENDPOINT, ("OTEL_EXPORTER_OTLP_HEADERS", "x-scope-orgid=a")]);
    assert_eq!(harmless.warnings, [""; 0]);
}

#[test]
fn each_signal_has_its_compression_certificates_and_proxy() {
    let settings = settings(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://a"),
        ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://b/logs"),
        ("OTEL_EXPORTER_OTLP_COMPRESSION", "GZIP"),
        ("OTEL_EXPORTER_OTLP_METRICS_COMPRESSION", "none"),
        ("OTEL_EXPORTER_OTLP_CERTIFICATE", "/ca.pem"),
        ("OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE", "/logs.pem"),
        ("OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE", "/me.pem"),
        ("OTEL_EXPORTER_OTLP_CLIENT_KEY", "/key.pem"),
        ("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "/all.pem"),
        ("HTTPS_PROXY", "secure:3128"),
        ("http_proxy", "http://me:s3cret@plain:3128"),
    ]);
    let [traces, metrics, logs] =
        [&settings.traces, &settings.metrics, &settings.logs].map(|targets| {
            let Endpoint {
                gzip,
                certificates,
                proxy,
                ..
            } = endpoint(targets);
            let path = |path: &std::path::PathBuf| path.to_str().unwrap().to_owned();
            let client = certificates.client.as_ref();
            (
                *gzip,
                certificates.trusted.as_ref().map(path).unwrap(),
                client
                    .map(|(chain, key)| path(chain) + " " + &path(key))
                    .unwrap(),
                proxy.as_ref().unwrap().expose().to_owned(),
            )
        });
    let texts = |gzip, trusted: &str, client: &str, proxy: &str| {
        (
            gzip,
            trusted.to_owned(),
            client.to_owned(),
            proxy.to_owned(),
        )
    };
    let secure = "http://secure:3128";
    assert_eq!(traces, texts(true, "/ca.pem", "/me.pem /key.pem", secure));
    assert_eq!(
        metrics,
        texts(false, "/ca.pem", "/all.pem /key.pem", secure)
    );
    let plain = "http://me:s3cret@plain:3128";
    assert_eq!(logs, texts(true, "/logs.pem", "/all.pem /key.pem", plain));
    assert!(!format!("{settings:?}").contains("s3cret"));
}

#[test]
fn bad_headers_are_ignored_without_being_shown() {
    let start = "ignoring invalid `OTEL_EXPORTER_OTLP_HEADERS`: ";
    for (list, problem) in [
        ("a=b,s3cret", "entry 2 is not `name=value`"),
        ("a b=s3cret", "`a b` is not the name of a header"),
        (
            "A=s3cret%0D%0Ax: y",
            "the value of `a` cannot be sent in a header",
        ),
    ] {
        let settings = settings(&[ENDPOINT, ("OTEL_EXPORTER_OTLP_HEADERS", list)]);
        assert_eq!(headers(endpoint(&settings.traces)), []);
        assert_eq!(settings.warnings, [format!("{start}{problem}")]);
    }
}

#[test]
fn what_the_sender_cannot_do_is_said_once() {
    for (name, value, warning) in [
        (
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            "grpc",
            "`OTEL_EXPORTER_OTLP_PROTOCOL`: `grpc` is not available; sending `http/protobuf`, \
             for which collectors listen on port 4318",
        ),
        (
            "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL",
            "http/json",
            "`OTEL_EXPORTER_OTLP_LOGS_PROTOCOL`: `http/json` is not available; sending \
             `http/protobuf`",
        ),
        (
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            "tcp",
            "ignoring invalid `OTEL_EXPORTER_OTLP_PROTOCOL`: `tcp` is not one of \
             `http/protobuf`, `http/json`, `grpc`",
        ),
        (
            "OTEL_EXPORTER_OTLP_COMPRESSION",
            "zstd",
            "ignoring invalid `OTEL_EXPORTER_OTLP_COMPRESSION`: `zstd` is not one of `none`, \
             `gzip`",
        ),
        (
            "OTEL_EXPORTER_OTLP_CLIENT_KEY",
            "/key.pem",
            "`OTEL_EXPORTER_OTLP_CLIENT_KEY`: ignored; a certificate of the client and its key \
             need each other",
        ),
        (
            "OTEL_EXPORTER_OTLP_LOGS_CLIENT_CERTIFICATE",
            "/client.pem",
            "`OTEL_EXPORTER_OTLP_LOGS_CLIENT_CERTIFICATE`: ignored; a certificate of the client \
             and its key need each other",
        ),
        (
            "OTEL_EXPORTER_OTLP_TIMEOUT",
            "10s",
            "ignoring invalid `OTEL_EXPORTER_OTLP_TIMEOUT`: `10s` is not milliseconds",
        ),
    ] {
        assert_eq!(settings(&[ENDPOINT, (name, value)]).warnings, [warning]);
        assert_eq!(settings(&[(name, value)]).warnings, [""; 0]);
    }
    for (name, value) in [
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_EXPORTER_OTLP_COMPRESSION", "none"),
        ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
        ("OTEL_EXPORTER_OTLP_CERTIFICATE", "/ca.pem"),
    ] {
        assert_eq!(settings(&[ENDPOINT, (name, value)]).warnings, [""; 0]);
    }
}

#[test]
fn a_warning_names_the_variable_that_decided() {
    let settings = settings(&[
        ENDPOINT,
        ("OTEL_TRACES_EXPORTER", "none"),
        ("OTEL_METRICS_EXPORTER", "none"),
        ("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "tcp"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
    ]);
    let [ignored, grpc] = &settings.warnings[..] else {
        panic!("{:?}", settings.warnings);
    };
    assert!(ignored.starts_with("ignoring invalid `OTEL_EXPORTER_OTLP_LOGS_PROTOCOL`"));
    assert!(
        grpc.starts_with("`OTEL_EXPORTER_OTLP_PROTOCOL`: `grpc`"),
        "{grpc}"
    );
}
