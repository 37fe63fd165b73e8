//! A spool directory stays within its size and age, and what goes for that is counted.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use agentops_spool::directory::Directory;
use agentops_spool::elsewhere::Elsewhere;
use agentops_spool::ledger::{Ledger, LossReason};
use agentops_spool::queue::Queue;
use agentops_spool::queue::disk::{DIRECTORY_BYTES, MAX_AGE};
use agentops_spool::segment::format::Signal;
use support::queues::{Fixture, files, notices, queue_in};

/// A body that fills a segment, so that the next one begins another.
const FULL: usize = 4 << 20;

fn path(home: &Path, name: &str) -> PathBuf {
    home.join(name)
}

/// Makes the file look as if it was written so long ago.
fn age(path: &Path, age: Duration) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - age).unwrap();
}

/// Makes the file look as long as all files may be together.
fn stretch(path: &Path, bytes: u64) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_len(bytes).unwrap();
}

/// Leaves a segment of `signal` with `items` items, by a process that is gone.
fn left(home: &Path, signal: Signal, items: u32) -> PathBuf {
    let directory = Arc::new(Directory::create(home, 7).unwrap());
    let before = files(home, signal.as_str());
    let queue = Queue::new(signal, Some(directory), notices().0);
    queue.append(b"body", items, 0, false);
    drop(queue);
    let new = files(home, signal.as_str());
    path(
        home,
        new.iter().find(|name| !before.contains(name)).unwrap(),
    )
}

#[track_caller]
fn assert_lost(ledger: &Ledger, expected: &[(LossReason, u64)]) {
    assert!(ledger.balances(), "{ledger:?}");
    assert_eq!(ledger.losses().collect::<Vec<_>>(), expected);
}

#[test]
fn the_oldest_segment_goes_first_when_the_spool_is_full() {
    let f = Fixture::new();
    let oldest = left(f.home.path(), Signal::Traces, 3);
    let newer = left(f.home.path(), Signal::Traces, 5);
    age(&oldest, Duration::from_hours(2));
    stretch(&newer, DIRECTORY_BYTES - 1);
    age(&newer, Duration::from_hours(1));
    f.queue.append(b"new", 1, 0, false);
    assert!(!oldest.exists());
    assert!(newer.exists(), "only as much goes as must");
    let ledger = f.queue.ledger();
    assert_lost(&ledger, &[(LossReason::SpoolFull, 3)]);
    assert_eq!((ledger.adopted, ledger.spooled), (3, 1));
    let told = f.told();
    assert!(told[0].contains("more than 512 MiB"), "{told:?}");
    assert_eq!(told.len(), 1);
}

#[test]
fn segments_of_any_signal_that_are_too_old_go_and_are_counted_as_theirs() {
    let home = tempfile::tempdir().unwrap();
    let directory = Arc::new(Directory::create(home.path(), 7).unwrap());
    let of = |signal| Queue::new(signal, Some(Arc::clone(&directory)), notices().0);
    let (traces, logs) = (of(Signal::Traces), of(Signal::Logs));
    let old = [(Signal::Traces, 3), (Signal::Logs, 1)];
    let old = old.map(|(signal, items)| left(home.path(), signal, items));
    let kept = left(home.path(), Signal::Traces, 1);
    for path in old {
        age(&path, MAX_AGE + Duration::from_hours(1));
    }
    age(&kept, MAX_AGE / 2);
    // Nothing new comes: it is enough that somebody looks.
    traces.sync();
    assert_lost(&traces.ledger(), &[(LossReason::TooOld, 3)]);
    assert_lost(&logs.ledger(), &[(LossReason::TooOld, 1)]);
    assert!(kept.exists());
}

#[test]
fn a_clock_that_was_wrong_costs_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = left(home.path(), Signal::Traces, 3);
    let file = File::options().write(true).open(&path).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_hours(1))
        .unwrap();
    let queue = queue_in(home.path(), &notices().0);
    queue.sync();
    assert!(path.exists());
    assert_lost(&queue.ledger(), &[]);
}

#[test]
fn what_one_process_removes_another_that_lives_counts() {
    let home = tempfile::tempdir().unwrap();
    let (one, other) = (
        queue_in(home.path(), &notices().0),
        queue_in(home.path(), &notices().0),
    );
    other.append(&[1; 100], 2, 0, false);
    other.seal();
    let path = path(home.path(), &files(home.path(), ".traces")[0]);
    age(&path, MAX_AGE + Duration::from_hours(1));
    one.sync();
    assert!(!path.exists());
    assert_lost(&one.ledger(), &[]);
    assert_eq!(one.ledger(), Ledger::default());
    // The other one sees it once it has to write a new file.
    other.append(&[1; 100], 1, 0, false);
    let ledger = other.ledger();
    assert_lost(&ledger, &[(LossReason::Removed, 2)]);
    assert_eq!((ledger.ended, ledger.spooled), (3, 1));
}

#[test]
fn what_others_are_writing_stays() {
    let home = tempfile::tempdir().unwrap();
    let (one, other) = (
        queue_in(home.path(), &notices().0),
        queue_in(home.path(), &notices().0),
    );
    other.append(b"body", 2, 0, false);
    let path = path(home.path(), &files(home.path(), ".traces")[0]);
    age(&path, MAX_AGE + Duration::from_hours(1));
    one.append(b"body", 1, 0, false);
    assert!(path.exists());
    assert_lost(&other.ledger(), &[]);
}

#[test]
fn own_segments_go_when_the_spool_is_full_and_the_newest_stays() {
    let f = Fixture::new();
    f.queue.append(&vec![1; FULL], 3, 0, false);
    let first = path(f.home.path(), &f.files(".traces")[0]);
    f.queue.append(&vec![1; FULL], 2, 0, false);
    stretch(&first, DIRECTORY_BYTES);
    age(&first, Duration::from_hours(1));
    f.queue.append(&vec![1; FULL], 1, 0, false);
    assert!(!first.exists());
    let ledger = f.queue.ledger();
    assert_lost(&ledger, &[(LossReason::SpoolFull, 3)]);
    assert_eq!(ledger.spooled, 3);
}

#[test]
fn what_was_refused_counts_and_goes_like_the_rest() {
    let f = Fixture::new();
    f.queue.append(b"refused", 4, 0, false);
    let parcel = f.queue.next(1 << 20).unwrap();
    f.queue.quarantine(&parcel);
    assert_eq!(f.queue.ledger().quarantined, 4);
    let aside = path(f.home.path(), &f.files(".quarantine")[0]);
    age(&aside, MAX_AGE + Duration::from_hours(1));
    f.queue.append(b"new", 1, 0, false);
    assert!(!aside.exists());
    let ledger = f.queue.ledger();
    assert_lost(&ledger, &[(LossReason::TooOld, 4)]);
    assert_eq!((ledger.quarantined, ledger.spooled), (0, 1));
}

#[test]
fn a_directory_that_cannot_be_listed_is_no_trouble() {
    let f = Fixture::new();
    fs::remove_dir_all(f.home.path()).unwrap();
    f.queue.sync();
    f.assert_balanced();
}

#[test]
fn limits_hold_for_other_destinations_too_and_what_waits_for_them_is_known() {
    let spool = tempfile::tempdir().unwrap();
    let of = |name: &str| {
        let path = spool.path().join(name);
        fs::create_dir_all(&path).unwrap();
        path
    };
    let own = Arc::new(Directory::create(&of("00000000000000aa"), 7).unwrap());
    // As a kill leaves it: with room that was allocated ahead.
    let waits = of("00000000000000bb");
    let kept = left(&waits, Signal::Traces, 2);
    let written = fs::metadata(&kept).unwrap().modified().unwrap();
    let bytes = fs::metadata(&kept).unwrap().len();
    let old = left(&waits, Signal::Logs, 3);
    age(&old, MAX_AGE + Duration::from_mins(1));
    let local = of("local");
    let old_here = left(&local, Signal::Traces, 4);
    left(&local, Signal::Traces, 1);
    age(&old_here, MAX_AGE + Duration::from_mins(1));
    let used = of("00000000000000cc");
    let living = queue_in(&used, &notices().0);
    living.append(b"body", 1, 0, false);
    let in_use = files(&used, "traces");
    let foreign = of("of-somebody-else").join("0-0.traces");
    fs::write(&foreign, b"").unwrap();
    age(&foreign, 2 * MAX_AGE);

    let [traces, logs] = [Signal::Traces, Signal::Logs]
        .map(|signal| Arc::new(Queue::new(signal, Some(Arc::clone(&own)), notices().0)));
    let found = Elsewhere::tend(&[Arc::clone(&traces), Arc::clone(&logs)]);
    let left_of_it = fs::metadata(&kept).unwrap();
    assert_eq!(found.waiting, [(waits.clone(), left_of_it.len())]);
    assert!(left_of_it.len() < 1024 && bytes > 1 << 20, "{bytes}");
    assert_eq!(left_of_it.modified().unwrap(), written);
    let reasons: Vec<_> = found.removed.iter().map(|(reason, _)| *reason).collect();
    assert_eq!(reasons, [LossReason::TooOld; 2]);
    assert!(!old.exists() && !old_here.exists() && foreign.exists());
    assert_eq!(files(&used, "traces"), in_use);
    assert_eq!(files(&waits, "instance").len(), 2, "none of ours is left");

    for (queue, items) in [(traces, 4), (logs, 3)] {
        assert_lost(&queue.ledger(), &[(LossReason::TooOld, items)]);
    }
    assert_eq!(living.ledger().spooled, 1);
}

#[test]
fn what_is_being_sent_is_not_removed_and_counted_as_delivered() {
    let f = Fixture::new();
    let full = vec![b'x'; FULL];
    for items in [1, 2, 4] {
        f.queue.append(&full, items, 0, false);
    }
    let segments: Vec<_> = f
        .files("traces")
        .iter()
        .map(|name| path(f.home.path(), name))
        .collect();
    let [first, second, third] = &segments[..] else {
        panic!("{segments:?}");
    };
    for (segment, hours) in [(first, 3), (second, 2)] {
        age(segment, MAX_AGE + Duration::from_hours(hours));
    }
    let sent = f.queue.next(1).unwrap();
    f.queue.append(&full, 8, 0, false);
    assert!(first.exists() && !second.exists() && third.exists());
    f.queue.delivered(&sent, 0);
    let ledger = f.queue.ledger();
    assert_lost(&ledger, &[(LossReason::TooOld, 2)]);
    assert_eq!((ledger.delivered, ledger.spooled), (1, 12));

    // What comes back is kept no longer than anything else.
    age(third, MAX_AGE + Duration::from_hours(1));
    let sent = f.queue.next(1).unwrap();
    f.queue.attempt_failed(Duration::ZERO, false);
    f.queue.append(&full, 16, 0, false);
    assert!(!third.exists());
    f.queue.delivered(&sent, 0);
    let ledger = f.queue.ledger();
    assert_lost(&ledger, &[(LossReason::TooOld, 6)]);
}
