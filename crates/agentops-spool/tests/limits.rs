//! Limits that a process is given: nobody else reads its files, and none of them kills it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use agentops_spool::arena::{Arena, Header};
use agentops_spool::directory::Directory;
use agentops_spool::journal::Journal;
use agentops_spool::otlp::batch::Batch;
use agentops_spool::queue::Queue;
use agentops_spool::segment::format::Signal;
use support::child;
use support::queues::{drain, files, notices, queue_in};

const ALL: usize = usize::MAX;
/// Whether there are arenas here.
const MAPS_FILES: bool = cfg!(all(target_os = "linux", not(agentops_plain)));

/// Makes every kind of file in a directory that does not exist yet.
fn write_files(home: &Path) {
    let spool = home.join("spool").join("local");
    let directory = Arc::new(Directory::create(&spool, 0).unwrap());
    let (notices, _) = notices();
    let queue = Queue::new(Signal::Logs, Some(Arc::clone(&directory)), notices);
    queue.append(b"poison", 1, 0, false);
    queue.quarantine(&queue.next(ALL).unwrap());
    queue.append(b"kept", 1, 0, false);
    let mut open = Batch::default();
    open.push_closed([1; 16], [1; 8]);
    let mut journal = Journal::new(directory, 0, Vec::new());
    journal.open(0, 0, &mut open).unwrap();
    let header = Header {
        id: [0; 16],
        boot_id: [0; 16],
        destination: 0,
        flags: 0,
    };
    let arena = Arena::create(&spool.join("arena"), 0, &header);
    assert_eq!(arena.is_ok(), MAPS_FILES);
}

#[test]
fn files_are_for_their_owner_only_under_any_umask() {
    const NAME: &str = "files_are_for_their_owner_only_under_any_umask";
    if let Some(home) = child::home() {
        return write_files(&home);
    }
    for umask in ["000", "022", "077"] {
        let home = tempfile::tempdir().unwrap();
        child::succeed(child::command_after(
            &format!("umask {umask}"),
            NAME,
            home.path(),
        ));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        let spool = home.path().join("spool/local");
        assert_eq!(mode(&home.path().join("spool")), 0o700, "umask {umask}");
        assert_eq!(mode(&spool), 0o700, "umask {umask}");
        let names = files(&spool, "");
        let expected = 4 + usize::from(MAPS_FILES);
        assert_eq!(names.len(), expected, "{names:?}");
        for name in names {
            assert_eq!(mode(&spool.join(&name)), 0o600, "{name}, umask {umask}");
        }
    }
}

#[test]
fn a_limit_on_file_sizes_kills_nobody() {
    const NAME: &str = "a_limit_on_file_sizes_kills_nobody";
    if let Some(home) = child::home() {
        let (notices, told) = notices();
        let queue = queue_in(&home, &notices);
        queue.append(b"one", 1, 0, false);
        assert_eq!(
            (queue.ledger().buffered, told.lock().unwrap().len()),
            (1, 1)
        );
        return;
    }
    let home = tempfile::tempdir().unwrap();
    child::succeed(child::command_after("ulimit -f 8", NAME, home.path()));
}

#[test]
fn no_descriptors_left_loses_nothing() {
    const NAME: &str = "no_descriptors_left_loses_nothing";
    if let Some(home) = child::home() {
        let (notices, told) = notices();
        let queue = queue_in(&home, &notices);
        queue.append(b"one", 1, 0, false);
        let mut open = Vec::new();
        while let Ok(file) = File::open("/dev/null") {
            open.push(file);
        }
        assert!(queue.next(ALL).is_none());
        drop(open);
        assert_eq!((queue.ledger().spooled, queue.ledger().lost), (1, 0));
        assert_eq!(drain(&queue), [b"one"]);
        assert!(told.lock().unwrap().is_empty());
        return;
    }
    let home = tempfile::tempdir().unwrap();
    child::succeed(child::command_after("ulimit -n 64", NAME, home.path()));
}
