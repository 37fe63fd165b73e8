//! `init` and `shutdown`: when, where and how often.

use std::fs;

use agentops::Error;
use agentops_tests::{Collector, Telemetry};

use crate::{TIMEOUT, probe, run};

const TWO_SPANS: &str = "report: 2 spans in {home}/.agentops/spool/local\n";

#[test]
fn second_init_is_an_error_and_harms_nobody() {
    let exit = run("twice", &[]);
    assert_eq!(
        exit.stdout,
        format!(
            "init: ok\n\
             init: agentops is already initialized; keep the first `Guard` or call `shutdown` on \
             it before a second `init`\n\
             {TWO_SPANS}warnings: []\n"
        )
    );
    assert_eq!(exit.stderr, "");
}

#[test]
fn second_init_is_possible_after_shutdown() {
    let exit = run("again", &[]);
    let once = format!("init: ok\n{TWO_SPANS}warnings: []\n");
    assert_eq!(exit.stdout, once.repeat(2));
    assert_eq!(exit.stderr, "");
}

#[test]
fn second_init_is_possible_after_one_that_failed() {
    let telemetry = Telemetry::start();
    let again = agentops::Config::new().init().map(drop);
    assert!(matches!(again, Err(Error::AlreadyInitialized)), "{again:?}");
    telemetry.stop();
    for _ in 0..2 {
        let telemetry = Telemetry::start();
        drop(agentops::Session::start("run"));
        assert_eq!(telemetry.stop().spans.names(), ["run"]);
    }
}

#[test]
fn calls_before_init_and_after_shutdown_do_nothing() {
    let exit = run("around", &[]);
    let idle = "id: \"\", is current: false\n";
    assert_eq!(
        exit.stdout,
        format!("{idle}init: ok\nstats: no spans\nreport: no spans\nwarnings: []\n{idle}")
    );
    assert_eq!(exit.stderr, "");
}

#[test]
fn init_and_shutdown_inside_of_tokio_deliver() {
    for flavor in ["current", "multi"] {
        let collector = Collector::start();
        let exit = run(
            &format!("tokio {flavor}"),
            &[("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint())],
        );
        let report = format!("report: 2 spans delivered to {}\n", collector.endpoint());
        assert_eq!(
            exit.stdout,
            format!("init: ok\n{report}{report}warnings: []\n"),
            "{flavor}"
        );
        assert_eq!(exit.stderr, "", "{flavor}");
        let spans = collector.spans();
        let call = spans.named("chat gpt-4o");
        assert!(call.is_child_of(spans.named("work_async")), "{flavor}");
        collector
            .metrics()
            .assert_total("llm.tokens.total", &[], 22.0);
    }
}

#[test]
fn init_outside_of_tokio_serves_every_runtime() {
    let collector = Collector::start();
    let exit = run(
        "init-outside-tokio",
        &[("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint())],
    );
    assert_eq!(exit.stderr, "");
    let spans = collector.spans();
    assert_eq!(spans.len(), 4);
    for root in spans.all_named("work_async") {
        assert_eq!(spans.children_of(root).len(), 1);
    }
}

#[test]
fn program_that_exits_without_a_shutdown_loses_nothing() {
    let collector = Collector::start();
    let home = tempfile::tempdir().unwrap();
    let program = |arguments| {
        probe(arguments, home.path())
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
            .run(TIMEOUT)
    };
    let exit = program("no-shutdown");
    exit.assert_success();
    let id = exit.stdout.trim().strip_prefix("ended ").unwrap();
    program("run").assert_success();
    let spans = collector.spans();
    assert!(spans.iter().any(|span| span.span_id() == id));
}

#[test]
fn shutdown_leaves_no_lock_and_no_shared_memory() {
    let telemetry = Telemetry::start();
    drop(agentops::Session::start("run"));
    let home = telemetry.home().to_owned();
    let spool = home.join("spool");
    let arenas = |spool: &std::path::Path| -> Vec<_> {
        let directories = fs::read_dir(spool)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let files = directories.flat_map(|path| fs::read_dir(path).unwrap());
        let instances = files
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "instance"));
        instances
            .map(|path| fs::read_to_string(path).unwrap())
            .collect()
    };
    let arenas_in_use = arenas(&spool);
    assert_eq!(arenas_in_use.len(), 1);
    let guard_report = telemetry.guard().flush();
    assert!(guard_report.durable);
    let (arena, _) = (arenas_in_use[0].clone(), telemetry.stop());
    assert!(!std::path::Path::new(&arena).exists(), "{arena}");
}
