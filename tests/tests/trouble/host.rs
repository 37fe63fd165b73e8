//! Programs that forget, replace or starve what they are made of.

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use agentops_tests::{Collector, Program};

use crate::{COMMANDED, TIMEOUT, at_home, commanded, reports, say, start};

#[test]
fn sessions_that_are_leaked_are_delivered_as_incomplete() {
    let home = tempfile::tempdir().unwrap();
    let exit = say(start(commanded(home.path())), &["leak 300", "shutdown"]);
    assert_eq!(reports(&exit), ["spooled=300 buffered=0 lost=[]"]);
    let (spans, _) = agentops_tests::spool::read(&home.path().join(".agentops/spool/local"));
    assert_eq!(spans.len(), 300);
    for span in spans.iter() {
        assert_eq!(span.bool("agentops.span.incomplete"), Some(true));
    }
}

#[test]
fn a_span_that_ends_after_the_shutdown_was_delivered_by_it() {
    let home = tempfile::tempdir().unwrap();
    let exit = say(start(commanded(home.path())), &["open late", "shutdown"]);
    assert_eq!(reports(&exit), ["spooled=1 buffered=0 lost=[]"]);
    let (spans, _) = agentops_tests::spool::read(&home.path().join(".agentops/spool/local"));
    assert_eq!(
        spans.named("late").bool("agentops.span.incomplete"),
        Some(true)
    );
}

/// Users that nobody is, one for each test: what they may have is counted for all their programs.
const NOBODIES: [u32; 2] = [54_321, 54_322];

/// A program of a user who may have so many threads and processes; `None`, with the reason told,
/// where that cannot be had.
fn starved(home: &Path, user: u32, threads: usize) -> Option<Program> {
    let starved = |program: &str| {
        let starved = Program::new("setpriv").arg(format!("--reuid={user}"));
        let starved = starved.arg("--clear-groups").arg("prlimit");
        let starved = starved.arg(format!("--nproc={threads}")).arg(program);
        at_home(starved, home)
    };
    let may = chown(home, Some(user), None).is_ok();
    if !may || !starved("true").run(TIMEOUT).status.success() {
        println!("skipped: not root, or no setpriv and prlimit here");
        return None;
    }
    Some(starved(COMMANDED))
}

#[test]
fn a_program_that_may_start_no_thread_lives_and_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let Some(program) = starved(home.path(), NOBODIES[0], 1) else {
        return;
    };
    let child = start(program);
    let exit = say(child, &["record 100", "flush", "record 1", "shutdown"]);
    let expected = [
        "spooled=100 buffered=0 lost=[]",
        "spooled=101 buffered=0 lost=[]",
    ];
    assert_eq!(reports(&exit), expected);
    let told = "the thread `agentops-drain` cannot be started";
    assert!(exit.stderr.contains(told), "{}", exit.stderr);
    assert_eq!(exit.stderr.lines().count(), 1, "{}", exit.stderr);
    let (spans, _) = agentops_tests::spool::read(&home.path().join(".agentops/spool/local"));
    assert_eq!(spans.len(), 101);
}

#[test]
fn a_program_that_may_start_few_threads_lives_and_loses_nothing() {
    let collector = Collector::start();
    for threads in 2..=9 {
        for endpoint in [None, Some(collector.endpoint())] {
            let home = tempfile::tempdir().unwrap();
            let Some(mut program) = starved(home.path(), NOBODIES[1], threads) else {
                return;
            };
            if let Some(endpoint) = &endpoint {
                program = program.env("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
            }
            let exit = say(start(program), &["record 100", "flush", "shutdown"]);
            let case = format!("{threads} {endpoint:?}: {} {}", exit.stdout, exit.stderr);
            assert!(!exit.stderr.contains("panicked"), "{case}");
            assert!(exit.stderr.lines().count() <= 3, "{case}");
            let all = reports(&exit).into_iter().all(|report| {
                report.ends_with("buffered=0 lost=[]")
                    && (endpoint.is_some() || report.starts_with("spooled=100 "))
            });
            assert!(all, "{case}");
        }
    }
}

#[test]
#[cfg_attr(agentops_plain, ignore = "plain memory goes with the process")]
fn a_program_that_becomes_another_leaves_its_spans_to_the_next() {
    let home = tempfile::tempdir().unwrap();
    let mut child = start(commanded(home.path()));
    for line in ["record 100", "open rest", "exec true"] {
        child.send_line(line);
    }
    child.wait(TIMEOUT).assert_success();
    // Adoption is the drain thread's first work, and a flush comes after it.
    let exit = say(start(commanded(home.path())), &["flush"]);
    let adopted = exit.stdout.contains("adopted=101 ");
    assert!(adopted, "{}", exit.stdout);
}

#[test]
#[cfg_attr(agentops_plain, ignore = "no file is mapped")]
fn shared_memory_of_a_program_whose_home_is_gone_is_given_back_by_the_next() {
    let home = tempfile::tempdir().unwrap();
    let mut child = start(commanded(home.path()));
    child.send_line("record 10");
    child.wait_for_stdout("done record", TIMEOUT);
    let files = agentops_tests::spool::files_below(home.path());
    let is_note = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "instance");
    let note = files.iter().find(is_note).unwrap();
    let arena = PathBuf::from(fs::read_to_string(note).unwrap());
    child.kill_9();
    drop(home);
    assert!(arena.exists());
    // As if its last sign of life was not just now.
    let file = fs::File::options().write(true).open(&arena).unwrap();
    let before = SystemTime::now() - Duration::from_mins(5);
    file.set_modified(before).unwrap();
    let next = tempfile::tempdir().unwrap();
    say(start(commanded(next.path())), &["flush"]);
    assert!(!arena.exists());
}
