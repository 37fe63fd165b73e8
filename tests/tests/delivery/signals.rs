//! Each signal goes its own way: its endpoint, headers, deadline, and its own trouble.

use std::net::SocketAddr;
use std::path::Path;

use agentops_faults::fault::Fault;
use agentops_faults::proxy::FaultProxy;
use agentops_faults::tunnel::Tunnel;
use agentops_tests::{Collector, Logs, Program, Request, Signal};

use crate::{TIMEOUT, probe};

/// A run that makes spans, metrics and a log record, with variables of the exporter.
fn run(home: &Path, variables: &[(&str, &str)]) -> Program {
    let program = probe("signals", home, "http://127.0.0.1:1");
    variables.iter().fold(program, |program, (name, value)| {
        program.env(&format!("OTEL_EXPORTER_OTLP_{name}"), value)
    })
}

fn url(addr: SocketAddr, path: &str) -> String {
    format!("http://{addr}{path}")
}

/// The requests of one signal.
fn of(collector: &Collector, signal: Signal) -> Vec<Request> {
    let mut requests = collector.requests();
    requests.retain(|request| request.signal() == Some(signal));
    requests
}

#[test]
fn trouble_of_one_signal_holds_no_other_up() {
    for fault in [Fault::Hang, Fault::Refuse, Fault::Status(401)] {
        let home = tempfile::tempdir().unwrap();
        let [traces, metrics, logs] = [(); 3].map(|()| Collector::start());
        let proxy = FaultProxy::start(traces.addr()).unwrap();
        proxy.set(fault);
        let addresses = [
            url(proxy.addr(), "/v1/traces"),
            url(metrics.addr(), "/m"),
            url(logs.addr(), "/l"),
        ];
        metrics.expect_at("/m", Signal::Metrics);
        logs.expect_at("/l", Signal::Logs);
        let variables = [
            ("TRACES_ENDPOINT", &addresses[0][..]),
            ("METRICS_ENDPOINT", &addresses[1]),
            ("LOGS_ENDPOINT", &addresses[2]),
            ("TRACES_TIMEOUT", "500"),
            ("HEADERS", "x-of=all"),
            ("LOGS_HEADERS", "x-of=logs"),
        ];
        let exit = run(home.path(), &variables).run(TIMEOUT);
        exit.assert_success();
        assert!(
            exit.stdout.contains("report: 2 spans in "),
            "{fault:?} {}",
            exit.stdout
        );
        assert_eq!(exit.stderr.lines().count(), 1, "{}", exit.stderr);
        assert!(traces.requests().is_empty());
        assert_eq!(metrics.metrics().all_named("llm.tokens.total").len(), 1);
        Logs::of(&logs.requests()).saying("a word");
        for (collector, of) in [(&metrics, "all"), (&logs, "logs")] {
            for request in collector.requests() {
                assert_eq!(request.header("x-of"), Some(of), "{}", request.path);
            }
        }

        proxy.set(Fault::Pass);
        let exit = run(home.path(), &variables).run(TIMEOUT);
        exit.assert_success();
        assert_eq!(exit.stderr, "");
        assert_eq!(traces.spans().len(), 4);
    }
}

#[test]
fn bodies_are_packed_signal_by_signal() {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    let endpoint = collector.endpoint();
    let variables = [
        ("ENDPOINT", &endpoint[..]),
        ("COMPRESSION", "gzip"),
        ("METRICS_COMPRESSION", "none"),
    ];
    let exit = run(home.path(), &variables).run(TIMEOUT);
    exit.assert_success();
    assert_eq!(exit.stderr, "");
    assert!(exit.stdout.ends_with("warnings: []\n"), "{}", exit.stdout);
    // The collector has unpacked and decoded them.
    for (signal, encoding) in [
        (Signal::Traces, Some("gzip")),
        (Signal::Metrics, None),
        (Signal::Logs, Some("gzip")),
    ] {
        let requests = of(&collector, signal);
        assert!(!requests.is_empty(), "{signal:?}");
        for request in requests {
            assert_eq!(request.header("content-encoding"), encoding, "{signal:?}");
        }
    }
}

#[test]
fn all_signals_go_through_the_proxy_of_the_environment() {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    let tunnel = Tunnel::start(collector.addr(), 200).unwrap();
    let variables = [("ENDPOINT", "http://collector.invalid:4318")];
    let exit = run(home.path(), &variables)
        .env("http_proxy", tunnel.addr().to_string())
        .run(TIMEOUT);
    exit.assert_success();
    assert_eq!(exit.stderr, "");
    assert_eq!(collector.spans().len(), 2);
    for signal in [Signal::Metrics, Signal::Logs] {
        assert!(!of(&collector, signal).is_empty(), "{signal:?}");
    }
    for head in tunnel.asked() {
        assert!(
            head.starts_with("CONNECT collector.invalid:4318 "),
            "{head}"
        );
    }
}

#[test]
fn proxy_of_the_environment_is_not_asked_for_this_machine() {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    let tunnel = Tunnel::start(collector.addr(), 502).unwrap();
    let endpoint = collector.endpoint();
    let exit = run(home.path(), &[("ENDPOINT", &endpoint)])
        .env("HTTP_PROXY", tunnel.addr().to_string())
        .env("ALL_PROXY", tunnel.addr().to_string())
        .run(TIMEOUT);
    exit.assert_success();
    assert_eq!(exit.stderr, "");
    assert_eq!(collector.spans().len(), 2);
    assert!(tunnel.asked().is_empty());
}

#[test]
fn certificate_that_is_not_there_is_named_once_and_keeps_the_data() {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    let endpoint = format!("https://{}", collector.addr());
    let path = home.path().join("ca.pem");
    let variables = [
        ("ENDPOINT", &endpoint[..]),
        ("CERTIFICATE", path.to_str().unwrap()),
    ];
    let exit = run(home.path(), &variables).run(TIMEOUT);
    exit.assert_success();
    let told = format!(
        "agentops: no trusted connection comes about (cannot read {}: ",
        path.display()
    );
    assert!(exit.stderr.starts_with(&told), "{}", exit.stderr);
    assert_eq!(exit.stderr.lines().count(), 1, "{}", exit.stderr);
    assert!(
        exit.stdout.contains("report: 2 spans in "),
        "{}",
        exit.stdout
    );
    assert!(collector.requests().is_empty());
}
