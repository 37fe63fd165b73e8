//! A disk that is full, small, cannot be written, or is not there.

use crate::{TIMEOUT, commanded, commanded_apart, reports, say, start};
use agentops_tests::Program;

#[test]
fn a_full_disk_costs_nothing_once_it_has_room_again() {
    let home = tempfile::tempdir().unwrap();
    let prepare = "mount -t tmpfs -o size=64k none \"$HOME\"";
    let Some(program) = commanded_apart(prepare, home.path()) else {
        return;
    };
    let more = "shell mount -o remount,size=64m \"$HOME\"";
    let lines = ["record 1000", "flush", more, "record 1", "flush"];
    let exit = say(start(program), &lines);
    let expected = [
        "spooled=0 buffered=1000 lost=[]",
        "spooled=1001 buffered=0 lost=[]",
    ];
    assert_eq!(reports(&exit), expected);
    let told: Vec<_> = exit.stderr.matches("the spool cannot be written").collect();
    assert_eq!(told.len(), 1, "{}", exit.stderr);
}

#[test]
fn a_disk_that_fills_up_and_is_emptied_costs_nothing() {
    let home = tempfile::tempdir().unwrap();
    // Room for three times what is recorded, since segments are allocated ahead.
    let prepare = "mount -t tmpfs -o size=32m none \"$HOME\"";
    let Some(program) = commanded_apart(prepare, home.path()) else {
        return;
    };
    // Whatever fits before is written; a segment that is allocated can be filled.
    let lines = [
        "record-long 100",
        "flush",
        "shell cat /dev/zero > \"$HOME/filler\" 2>/dev/null || true",
        "record-long 1000",
        "flush",
        "shell rm \"$HOME/filler\"",
        "record 1",
        "flush",
    ];
    let exit = say(start(program), &lines);
    let reports = reports(&exit);
    let durable = exit.stdout.split(" durable=").skip(1);
    let durable: Vec<_> = durable.map(|rest| rest.starts_with("true")).collect();
    assert_eq!(durable, [true, false, true]);
    assert_eq!(reports[0], "spooled=100 buffered=0 lost=[]");
    assert!(!reports[1].contains("buffered=0"), "{reports:?}");
    assert!(reports[1].ends_with("lost=[]"), "{reports:?}");
    assert_eq!(reports[2], "spooled=1101 buffered=0 lost=[]");
}

#[test]
fn without_a_disk_memory_is_bounded_and_the_rest_is_counted() {
    let home = tempfile::tempdir().unwrap();
    let prepare = "mount -t tmpfs -o ro none \"$HOME\"";
    let Some(program) = commanded_apart(prepare, home.path()) else {
        return;
    };
    // 50 MB of content, and 32 MiB of memory for what cannot be written.
    let peak = "shell grep VmHWM /proc/$PPID/status";
    let lines = ["record-long 5000", "flush", peak, "stats"];
    let exit = say(start(program), &lines);
    assert!(exit.stdout.contains("durable=false"), "{}", exit.stdout);
    let [flushed, stats] = reports(&exit)[..] else {
        panic!("{}", exit.stdout);
    };
    assert_eq!(flushed, stats);
    let number = |key: &str| -> u64 {
        let rest = flushed.split_once(key).unwrap().1;
        let digits = rest.split(|at: char| !at.is_ascii_digit()).next();
        digits.unwrap().parse().unwrap()
    };
    let (buffered, lost) = (number("buffered="), number("buffer_full="));
    assert_eq!(buffered + lost, 5_000);
    assert!((2_000..3_500).contains(&buffered), "{flushed}");
    let told: Vec<_> = exit.stderr.lines().collect();
    assert_eq!(told.len(), 2, "one line for each kind of trouble: {told:?}");
    let kib = exit.stdout.split_once("VmHWM:").unwrap().1.trim_start();
    let kib: u64 = kib.split(' ').next().unwrap().parse().unwrap();
    // The ring, the arena's 32 MiB, and what both take to be filled and read.
    assert!(kib < 200 << 10, "{kib} KiB");
}

#[test]
fn a_limit_of_file_sizes_does_not_kill_the_program() {
    let home = tempfile::tempdir().unwrap();
    let script = "ulimit -f 100; exec \"$0\" \"$@\"";
    let program = Program::new("sh").arg("-c").arg(script);
    let program = crate::at_home(program.arg(crate::COMMANDED), home.path());
    let exit = say(start(program), &["record 1000", "flush"]);
    assert_eq!(reports(&exit), ["spooled=0 buffered=1000 lost=[]"]);
}

#[test]
fn a_home_that_cannot_be_made_is_no_trouble() {
    let home = std::path::Path::new("/dev/full/home");
    let exit = say(start(commanded(home)), &["record 10", "flush", "shutdown"]);
    let expected = "spooled=0 buffered=10 lost=[]";
    assert_eq!(reports(&exit), [expected, expected]);
    assert_eq!(exit.stderr.lines().count(), 1, "{}", exit.stderr);
}

#[test]
fn no_home_at_all_is_no_trouble() {
    let program = Program::new(crate::COMMANDED).env("AGENTOPS_CONSOLE", "0");
    let child = program.env("AGENTOPS_CAPTURE_CONTENT", "false").spawn();
    child.wait_for_stdout("ready", TIMEOUT);
    let exit = say(child, &["record 10", "flush"]);
    assert_eq!(reports(&exit), ["spooled=0 buffered=10 lost=[]"]);
    let told = "there is no home directory; data waits in memory";
    assert!(exit.stderr.contains(told), "{}", exit.stderr);
}
