//! What survives a power cut is what was synced: how often that is, as the kernel sees it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use agentops_tests::{Child, Exit, Program, Span};
use tempfile::TempDir;

use crate::{TIMEOUT, at_home, commanded, reports, say, start};

/// Longer than any of this takes.
const FOR_EVER_SECS: u32 = 600;
/// What `flush` and `shutdown` promise, and how late they may be.
const DEADLINE: Duration = Duration::from_millis(5100);

/// The program, and the file in which it is told what syncs it asks the kernel for; `None`, with the
/// reason told, where it cannot be watched. Each sync is delayed by so many seconds.
fn watched(home: &TempDir, durability: &str, delay_secs: u32) -> Option<(Program, PathBuf)> {
    let told = home.path().join("told");
    let watch = || {
        let watch = Program::new("strace")
            .arg("-f")
            .arg("-Y")
            .arg("-o")
            .arg(&told);
        let watch = watch.arg("-e").arg("trace=fsync,fdatasync");
        match delay_secs {
            0 => watch,
            secs => watch
                .arg("-e")
                .arg(format!("inject=fsync,fdatasync:delay_enter={secs}000000")),
        }
    };
    let has = Program::new("sh").arg("-c").arg("command -v strace");
    let can =
        has.run(TIMEOUT).status.success() && watch().arg("true").run(TIMEOUT).status.success();
    if !can {
        println!("skipped: no strace here, or it may not watch");
        return None;
    }
    let program = watch().arg(crate::COMMANDED).arg(durability);
    Some((at_home(program, &home.path().join("home")), told))
}

/// Syncs of files that the program asks the kernel for while spans are flushed one by one, and those
/// among them that `thread` asks for.
fn syncs(durability: &str, flushes: usize, thread: &str) -> Option<(usize, usize)> {
    let home = tempfile::tempdir().unwrap();
    let (program, told) = watched(&home, durability, 0)?;
    let lines: Vec<&str> = (0..flushes).flat_map(|_| ["record 1", "flush"]).collect();
    say(start(program), &lines);
    let told = fs::read_to_string(told).unwrap();
    let is_file = |line: &&str| line.contains("fdatasync(") && line.ends_with("= 0");
    let files = told.lines().filter(is_file);
    let by_thread = files
        .clone()
        .filter(|line| line.contains(&format!("<{thread}>")));
    Some((files.count(), by_thread.count()))
}

#[test]
fn where_durability_is_sync_each_batch_is_synced() {
    let Some((syncs, by_drain)) = syncs("sync", 20, "agentops-drain") else {
        return;
    };
    assert!(syncs >= 20, "{syncs} syncs of 20 batches");
    assert_eq!(by_drain, syncs, "behind the pass");
}

#[test]
fn by_default_syncs_are_rare_and_the_last_comes_before_the_end() {
    let Some((syncs, beside)) = syncs("background", 20, "agentops-sync") else {
        return;
    };
    assert!((1..20).contains(&syncs), "{syncs} syncs of 20 batches");
    assert_eq!(beside, syncs, "a pass does not wait for them");
}

/// Says a line and waits until that is done.
#[track_caller]
fn say_and_wait(child: &mut Child, line: &str, done: &str) {
    child.send_line(line);
    child.wait_for_stdout(done, TIMEOUT);
}

/// Records and flushes until a sync is on its way; how many spans that took.
#[track_caller]
fn record_until_it_syncs(child: &mut Child, told: &Path) -> usize {
    let deadline = Instant::now() + TIMEOUT;
    for recorded in 1.. {
        child.send_line("record 1");
        // Each answer is waited for by what it alone says.
        let report = format!("ended={recorded} ");
        say_and_wait(child, "flush", &report);
        let syncs = fs::read_to_string(told).unwrap();
        if syncs.contains("fdatasync(") {
            return recorded;
        }
        assert!(Instant::now() < deadline, "no sync was asked for");
    }
    unreachable!("a thread that counts to the end");
}

/// Asks what became of everything until all is as `wanted`, also by what was answered so far.
#[track_caller]
fn ask_until(child: &mut Child, wanted: impl Fn(&str) -> bool) {
    let deadline = Instant::now() + TIMEOUT;
    let answers = |stdout: &str| stdout.matches("done stats").count();
    while !wanted(&child.stdout()) {
        assert!(Instant::now() < deadline, "{}", child.stdout());
        let before = answers(&child.stdout());
        child.send_line("stats");
        child.wait_for(|stdout| answers(stdout) > before, TIMEOUT);
    }
}

/// Waits for the end of the shutdown. That of the program is the kernel's, and the watcher's.
#[track_caller]
fn shut_down(child: Child) -> Exit {
    child.wait_for_stdout("done shutdown in", TIMEOUT);
    child.kill_9()
}

/// How long the shutdown took.
#[track_caller]
fn shutdown_took(stdout: &str) -> Duration {
    let last = stdout.lines().last().unwrap();
    let millis = last.strip_prefix("done shutdown in ").unwrap();
    let millis = millis.strip_suffix(" ms").unwrap();
    Duration::from_millis(millis.parse().unwrap())
}

#[test]
fn a_program_goes_on_while_a_sync_hangs_and_its_shutdown_keeps_its_deadline() {
    let home = tempfile::tempdir().unwrap();
    let Some((program, told)) = watched(&home, "background", FOR_EVER_SECS) else {
        return;
    };
    let mut child = start(program);
    let mut recorded = record_until_it_syncs(&mut child, &told);
    // Much more than memory for records has room for: 5 MB at a time, of 32 MiB.
    for _ in 0..20 {
        recorded += 500;
        child.send_line("record-long 500");
        say_and_wait(&mut child, "flush", &format!("ended={recorded} "));
    }
    child.send_line("shutdown");
    let exit = shut_down(child);
    let all = reports(&exit);
    let expected = format!("spooled={recorded} buffered=0 lost=[]");
    assert_eq!(all.last(), Some(&expected.as_str()));
    assert!(
        all.iter()
            .all(|report| report.ends_with("buffered=0 lost=[]")),
        "{all:?}"
    );
    assert!(!exit.stdout.contains("balances=false"), "{}", exit.stdout);
    let late = exit.stdout.matches("late=true").count();
    assert_eq!(late, 1, "the shutdown alone says that not all is done");
    let took = shutdown_took(&exit.stdout);
    assert!(took <= DEADLINE, "{took:?}");
    let (spans, _) = agentops_tests::spool::read(&home.path().join("home/.agentops/spool/local"));
    assert_eq!(spans.len(), recorded);
}

#[test]
fn where_durability_is_sync_a_sync_that_hangs_holds_up_nothing_beyond_the_deadline() {
    let home = tempfile::tempdir().unwrap();
    let Some((program, _)) = watched(&home, "sync", FOR_EVER_SECS) else {
        return;
    };
    let mut child = start(program);
    for line in ["record 10", "flush", "record 10", "shutdown"] {
        child.send_line(line);
    }
    let exit = shut_down(child);
    assert_eq!(
        exit.stdout.matches("late=true").count(),
        2,
        "{}",
        exit.stdout
    );
    assert!(!exit.stdout.contains("balances=false"), "{}", exit.stdout);
    let took = shutdown_took(&exit.stdout);
    assert!(took <= DEADLINE, "{took:?}");
}

#[test]
#[cfg_attr(agentops_plain, ignore = "plain memory goes with the process")]
fn a_program_reads_its_spans_while_what_it_adopted_is_synced_for_ever() {
    let home = tempfile::tempdir().unwrap();
    let Some((program, told)) = watched(&home, "background", FOR_EVER_SECS) else {
        return;
    };
    let at = home.path().join("home");
    let mut killed = start(commanded(&at));
    say_and_wait(&mut killed, "record 100", "done record");
    killed.kill_9();
    let mut child = start(program);
    ask_until(&mut child, |_| {
        fs::read_to_string(&told).unwrap().contains("fdatasync(")
    });
    child.send_line("record 50");
    ask_until(&mut child, |stdout| {
        stdout.contains("ended=50 adopted=100 ")
    });
    say_and_wait(&mut child, "flush", "done flush");
    assert!(!child.stdout().contains("late=true"), "{}", child.stdout());
    child.send_line("shutdown");
    let exit = shut_down(child);
    assert!(exit.stdout.contains("late=true"), "{}", exit.stdout);
    let took = shutdown_took(&exit.stdout);
    assert!(took <= DEADLINE, "{took:?}");
    // What the dead left stays until it is on the disk, so it is adopted once more.
    let exit = say(start(commanded(&at)), &["flush", "shutdown"]);
    assert!(exit.stdout.contains("adopted=100 "), "{}", exit.stdout);
    let (spans, _) = agentops_tests::spool::read(&at.join(".agentops/spool/local"));
    let ids: HashSet<_> = spans.iter().map(Span::span_id).collect();
    assert_eq!(ids.len(), 150);
}
