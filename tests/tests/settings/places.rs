//! Where the spool lies, and what happens where it cannot lie.

use std::fs;

use agentops_tests::{Collector, Program};

use crate::{TIMEOUT, notice, probe, run};

const IN_MEMORY: &str = "init: ok\nreport: 2 spans in memory\nwarnings: []\n";

/// The tests may run as root, who may write everywhere, but not below a regular file.
#[test]
fn home_that_cannot_be_written_costs_the_spool_only() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "in the way").unwrap();
    for (variable, directory) in [
        ("AGENTOPS_HOME", file.join("spool/local")),
        ("HOME", file.join(".agentops/spool/local")),
    ] {
        let exit = probe("run", home.path()).env(variable, &file).run(TIMEOUT);
        exit.assert_success();
        assert_eq!(exit.stdout, IN_MEMORY, "{variable}");
        let expected = notice(&format!(
            "the spool cannot be written (Not a directory (os error 20)); data waits in memory \
             and is lost with the process: {}",
            directory.display()
        ));
        assert_eq!(exit.stderr, expected, "{variable}");
    }
}

/// A file system that takes no files, whoever asks.
#[cfg(target_os = "linux")]
#[test]
fn read_only_home_costs_the_spool_only() {
    let exit = run("run", &[("HOME", "/proc")]);
    assert_eq!(exit.stdout, IN_MEMORY);
    assert_eq!(
        exit.stderr,
        notice(
            "the spool cannot be written (No such file or directory (os error 2)); data waits in \
             memory and is lost with the process: /proc/.agentops/spool/local"
        )
    );
}

#[test]
fn program_without_a_home_keeps_data_in_memory_and_says_so() {
    let without_home = || {
        Program::new(env!("CARGO_BIN_EXE_probe"))
            .env("AGENTOPS_CAPTURE_CONTENT", "0")
            .arg("run")
    };
    for program in [without_home(), without_home().env("HOME", "")] {
        let exit = program.run(TIMEOUT);
        exit.assert_success();
        assert_eq!(exit.stdout, IN_MEMORY);
        assert_eq!(
            exit.stderr,
            notice(
                "there is no home directory; data waits in memory and is lost with the process \
                 (set `AGENTOPS_HOME` to a directory that can be written)"
            )
        );
    }
}

#[test]
fn program_without_a_home_delivers_to_an_endpoint() {
    let collector = Collector::start();
    let exit = Program::new(env!("CARGO_BIN_EXE_probe"))
        .env("AGENTOPS_CAPTURE_CONTENT", "0")
        .arg("run")
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
        .run(TIMEOUT);
    exit.assert_success();
    assert_eq!(
        exit.stdout,
        format!(
            "init: ok\nreport: 2 spans delivered to {}\nwarnings: []\n",
            collector.endpoint()
        )
    );
    assert_eq!(collector.spans().len(), 2);
    collector
        .metrics()
        .assert_total("llm.tokens.total", &[], 22.0);
}

#[test]
fn home_of_ours_wins_over_that_of_the_user() {
    let exit = run("run", &[("AGENTOPS_HOME", "{home}/mine")]);
    assert_eq!(
        exit.stdout,
        "init: ok\nreport: 2 spans in {home}/mine/spool/local\nwarnings: []\n"
    );
}

#[test]
fn destination_none_keeps_nothing() {
    let exit = run("run", &[("AGENTOPS_DESTINATION", "none")]);
    assert_eq!(exit.stdout, "init: ok\nreport: no spans\nwarnings: []\n");
    assert_eq!(exit.stderr, "");
}

#[test]
fn several_destinations_get_everything_each() {
    let collector = Collector::start();
    let exit = run(
        "run",
        &[
            ("AGENTOPS_DESTINATION", "local,otlp"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint()),
        ],
    );
    let report = format!(
        "report: 2 spans delivered to {}; 2 spans in {{home}}/.agentops/spool/local\n",
        collector.endpoint()
    );
    assert!(exit.stdout.contains(&report), "{}", exit.stdout);
    assert_eq!(collector.spans().len(), 2);
}

#[test]
fn local_destination_wins_over_an_endpoint() {
    let collector = Collector::start();
    let exit = run(
        "run",
        &[
            ("AGENTOPS_DESTINATION", "local"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint()),
        ],
    );
    assert!(exit.stdout.contains("2 spans in {home}"), "{}", exit.stdout);
    assert!(collector.requests().is_empty());
}

#[test]
fn signal_that_is_turned_off_goes_nowhere() {
    let collector = Collector::start();
    let exit = run(
        "run",
        &[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint()),
            ("OTEL_METRICS_EXPORTER", "none"),
        ],
    );
    assert_eq!(exit.stderr, "");
    assert_eq!(collector.spans().len(), 2);
    assert!(collector.metrics().is_empty());
}

#[test]
fn headers_are_sent_along() {
    let collector = Collector::start();
    run(
        "run",
        &[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint()),
            (
                "OTEL_EXPORTER_OTLP_HEADERS",
                "x-api-key=s%20cret,x-team=agents",
            ),
        ],
    );
    let requests = collector.requests();
    assert!(requests.len() >= 2);
    for request in requests {
        assert_eq!(request.header("x-api-key"), Some("s cret"));
        assert_eq!(request.header("x-team"), Some("agents"));
        assert_eq!(
            request.header("content-type"),
            Some("application/x-protobuf")
        );
    }
}

#[test]
fn names_of_variables_are_in_the_resource() {
    let collector = Collector::start();
    run(
        "run",
        &[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint()),
            ("OTEL_SERVICE_NAME", "planner"),
            (
                "OTEL_RESOURCE_ATTRIBUTES",
                "service.name=other,team=a%2Cb,deployment.environment.name=staging",
            ),
        ],
    );
    let spans = collector.spans();
    let resource = spans[0].resource();
    assert_eq!(resource.str("service.name"), Some("planner"));
    assert_eq!(resource.str("team"), Some("a,b"));
    assert_eq!(resource.str("deployment.environment.name"), Some("staging"));
}
