//! Data that stays on this machine.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use agentops_tests::spool::{files_below, read};
use agentops_tests::{Collector, Program, Tree};

use crate::{TIMEOUT, distinct, probe, unique_ids};

fn local(home: &Path) -> std::path::PathBuf {
    home.join(".agentops/spool/local")
}

fn run_locally(arguments: &str, home: &Path) {
    let program = Program::new(env!("CARGO_BIN_EXE_probe")).env("HOME", home);
    let program = arguments.split(' ').fold(program, Program::arg);
    let exit = program.run(TIMEOUT);
    exit.assert_success();
    let told = exit
        .stderr
        .strip_prefix("agentops: arguments and results are recorded, ");
    assert_eq!(
        told.map(|told| told.lines().count()),
        Some(1),
        "{}",
        exit.stderr
    );
}

#[test]
fn spool_holds_requests_that_any_otlp_decoder_reads() {
    let home = tempfile::tempdir().unwrap();
    run_locally("run", home.path());
    let (spans, metrics) = read(&local(home.path()));
    Tree::of(&spans).assert_eq(
        "
        session work: unset
          llm_call chat gpt-4o (17 in, 5 out): unset
        ",
    );
    let span = spans.named("work");
    assert_eq!(span.scope_name(), "agentops");
    assert_eq!(
        span.resource().str("service.name"),
        Some("unknown_service:probe")
    );
    metrics.assert_total("llm.tokens.total", &[("gen_ai.token.type", "input")], 17.0);
}

#[test]
fn spool_keeps_what_each_run_adds() {
    let home = tempfile::tempdir().unwrap();
    for _ in 0..3 {
        run_locally("run 2", home.path());
    }
    let (spans, _) = read(&local(home.path()));
    assert_eq!(unique_ids(&spans).len(), 12);
}

#[test]
#[cfg_attr(agentops_plain, ignore = "plain memory goes with the process")]
fn killed_run_is_in_the_spool_after_the_next() {
    let home = tempfile::tempdir().unwrap();
    let child = Program::new(env!("CARGO_BIN_EXE_probe"))
        .arg("acknowledge")
        .arg("4")
        .arg("500")
        .env("HOME", home.path())
        .spawn();
    child.wait_for_stdout("ready", TIMEOUT);
    child.kill_9();
    run_locally("run", home.path());
    let (spans, _) = read(&local(home.path()));
    assert_eq!(distinct(&spans).len(), 2_002);
}

#[test]
fn spool_is_readable_by_its_owner_alone() {
    let home = tempfile::tempdir().unwrap();
    run_locally("run", home.path());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let files = files_below(&home.path().join(".agentops"));
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    for directory in [".agentops", ".agentops/spool", ".agentops/spool/local"] {
        assert_eq!(mode(&home.path().join(directory)), 0o700, "{directory}");
    }
}

#[test]
#[cfg_attr(agentops_plain, ignore = "no file is mapped")]
fn arena_is_readable_by_its_owner_alone_while_it_is_there() {
    let home = tempfile::tempdir().unwrap();
    let child = Program::new(env!("CARGO_BIN_EXE_probe"))
        .arg("wait")
        .env("HOME", home.path())
        .spawn();
    child.wait_for_stdout("ready", TIMEOUT);
    let instance = files_below(home.path())
        .into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "instance"))
        .unwrap();
    let arena = fs::read_to_string(instance).unwrap();
    let mode = fs::metadata(&arena).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    child.wait(TIMEOUT).assert_success();
    assert!(!Path::new(&arena).exists());
}

#[test]
fn data_recorded_for_this_machine_is_never_sent_by_a_run_that_has_an_endpoint() {
    let home = tempfile::tempdir().unwrap();
    run_locally("run", home.path());
    let collector = Collector::start();
    probe("run", home.path(), &collector.endpoint())
        .run(TIMEOUT)
        .assert_success();
    assert_eq!(collector.spans().len(), 2);
    let (spans, _) = read(&local(home.path()));
    assert_eq!(spans.len(), 2);
}

#[test]
fn data_for_one_endpoint_is_never_sent_to_another() {
    let home = tempfile::tempdir().unwrap();
    let (first, second) = (Collector::start(), Collector::start());
    first.answer_always(503, &[], []);
    let run = |collector: &Collector| {
        probe("run", home.path(), &collector.endpoint())
            .run(TIMEOUT)
            .assert_success();
    };
    run(&first);
    run(&second);
    assert_eq!(second.spans().len(), 2);
    first.answer_with(|_| None);
    run(&first);
    assert_eq!(unique_ids(&first.spans()).len(), 4);
}

#[test]
fn data_for_one_account_is_never_sent_with_the_key_of_another() {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    collector.answer_always(503, &[], []);
    let run = |key: &str| {
        probe("run", home.path(), &collector.endpoint())
            .env("OTEL_EXPORTER_OTLP_HEADERS", format!("x-api-key={key}"))
            .run(TIMEOUT)
            .assert_success();
    };
    run("one");
    collector.answer_with(|_| None);
    run("two");
    assert_eq!(collector.spans().len(), 2);
    run("one");
    assert_eq!(unique_ids(&collector.spans()).len(), 6);
    for path in files_below(home.path()) {
        let bytes = fs::read(&path).unwrap();
        let names_a_key = bytes.windows(9).any(|at| at == b"x-api-key");
        assert!(!names_a_key, "{}", path.display());
    }
}
