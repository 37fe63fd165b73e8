//! What the page on deployment says of containers.

use crate::{commanded, commanded_apart, reports, say, start};

const SHARED_MEMORY_OF: &str = "shell stat -c 'arena of %s' /dev/shm/agentops-*.arena";

/// A shell's words that give the program shared memory of its own.
fn shared_memory(size: &str) -> String {
    format!("mount -t tmpfs -o size={size} none /dev/shm")
}

#[test]
#[cfg_attr(agentops_plain, ignore = "no file is mapped")]
fn of_64_mib_of_shared_memory_a_quarter_is_used() {
    let home = tempfile::tempdir().unwrap();
    let Some(program) = commanded_apart(&shared_memory("64m"), home.path()) else {
        return;
    };
    let lines = ["record 1000", SHARED_MEMORY_OF, "flush", "shutdown"];
    let exit = say(start(program), &lines);
    assert!(exit.stdout.contains("arena of 16777216"), "{}", exit.stdout);
    assert_eq!(
        reports(&exit).last(),
        Some(&"spooled=1000 buffered=0 lost=[]")
    );
}

#[test]
fn without_shared_memory_spans_wait_in_plain_memory() {
    let home = tempfile::tempdir().unwrap();
    let Some(program) = commanded_apart(&shared_memory("1m"), home.path()) else {
        return;
    };
    let none = "shell test -z \"$(ls /dev/shm)\"";
    let exit = say(start(program), &["record 1000", none, "shutdown"]);
    assert_eq!(reports(&exit), ["spooled=1000 buffered=0 lost=[]"]);
    assert_eq!(exit.stderr, "");
}

#[test]
fn a_container_that_is_removed_with_its_shared_memory_leaves_what_is_on_its_volume() {
    let home = tempfile::tempdir().unwrap();
    let Some(program) = commanded_apart(&shared_memory("64m"), home.path()) else {
        return;
    };
    let mut child = start(program);
    child.send_line("record 100");
    child.send_line("open rest");
    child.send_line("flush");
    child.wait_for_stdout("spooled=100 ", crate::TIMEOUT);
    // Its mount namespace goes with it.
    child.kill_9();
    let exit = say(start(commanded(home.path())), &["flush"]);
    assert!(
        exit.stdout.contains("adopted=1 "),
        "the open one: {}",
        exit.stdout
    );
    let (spans, _) = agentops_tests::spool::read(&home.path().join(".agentops/spool/local"));
    assert_eq!(spans.len(), 101);
    assert_eq!(
        spans.named("rest").bool("agentops.span.incomplete"),
        Some(true)
    );
}

#[test]
fn a_root_that_cannot_be_written_and_no_volume_is_told_once() {
    let home = tempfile::tempdir().unwrap();
    let prepare = "mount -t tmpfs -o ro none \"$HOME\"";
    let Some(program) = commanded_apart(prepare, home.path()) else {
        return;
    };
    let exit = say(
        start(program),
        &["record 10", "flush", "record 10", "shutdown"],
    );
    let expected = [
        "spooled=0 buffered=10 lost=[]",
        "spooled=0 buffered=20 lost=[]",
    ];
    assert_eq!(reports(&exit), expected);
    assert_eq!(exit.stdout.matches("durable=false").count(), 2);
    assert_eq!(exit.stderr.lines().count(), 1, "{}", exit.stderr);
}
