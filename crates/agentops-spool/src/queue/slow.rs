//! A queue on a disk that takes its time: nobody waits for a sync but who wants it.

#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;

use super::*;
use crate::faults::{self, Fault};
use crate::queue::parts::Parts;

fn queue_in(home: &Path) -> Queue {
    let directory = Arc::new(Directory::create(home, 7).unwrap());
    let notices = Arc::new(Notices::new(|_| {}));
    Queue::new(Signal::Traces, Some(directory), notices)
}

/// Runs `work` on another thread, and `meanwhile` while the first sync there hangs, which then ends
/// with `fault`.
fn while_hanging(work: impl FnOnce() + Send, fault: Option<Fault>, meanwhile: impl FnOnce()) {
    let (begins, has_begun) = channel();
    let (goes_on, may_go_on) = channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            faults::hang(begins, may_go_on);
            faults::set(fault);
            work();
        });
        has_begun.recv().unwrap();
        meanwhile();
        // Where that panicked it goes on, too, since this is gone.
        goes_on.send(()).unwrap();
    });
}

/// Sends the oldest body, which is this one.
#[track_caller]
fn deliver(queue: &Queue, body: &[u8]) {
    let parcel = queue.next(1).unwrap();
    assert!(parcel.request() == body);
    queue.delivered(&parcel, 0);
}

#[test]
fn a_queue_goes_on_while_a_sync_hangs() {
    let home = tempfile::tempdir().unwrap();
    let queue = queue_in(home.path());
    queue.append(&[1; 100], 1, 0, false);
    let meanwhile = || {
        queue.append(&[2; 100], 1, 0, false);
        deliver(&queue, &[1; 100]);
        // It is completed, and another one begun.
        queue.append(&vec![3; 4 << 20], 1, 0, false);
        assert!(!queue.is_synced());
    };
    while_hanging(|| queue.sync(), None, meanwhile);
    assert!(
        !queue.is_synced(),
        "all but the first was written meanwhile"
    );
    queue.sync();
    assert!(queue.is_synced());
    deliver(&queue, &[2; 100]);
    deliver(&queue, &vec![3; 4 << 20]);
    assert!(queue.has_no_segments());
    assert!(queue.ledger().balances());
}

#[test]
fn a_sync_that_fails_after_its_segment_was_completed_has_it_written_again() {
    let home = tempfile::tempdir().unwrap();
    let queue = queue_in(home.path());
    queue.append(&[1; 100], 1, 0, false);
    let meanwhile = || {
        queue.append(&[2; 100], 1, 0, false);
        queue.append(&vec![3; 4 << 20], 1, 0, false);
    };
    while_hanging(|| queue.sync(), Some(Fault::Sync), meanwhile);
    assert!(!queue.is_synced());
    let synced = faults::synced();
    queue.sync();
    assert!(queue.is_synced());
    assert_eq!(faults::synced(), synced + 2, "the copy, and the next one");
    for body in [&[1; 100][..], &[2; 100], &vec![3; 4 << 20]] {
        deliver(&queue, body);
    }
    assert!(queue.has_no_segments());
}

#[test]
fn a_file_that_another_segment_was_written_over_meanwhile_is_not_synced_by_that() {
    for fault in [None, Some(Fault::Sync)] {
        let home = tempfile::tempdir().unwrap();
        let queue = queue_in(home.path());
        queue.append(&vec![1; 100_000], 1, 0, false);
        let meanwhile = || {
            deliver(&queue, &vec![1; 100_000]);
            queue.append(&vec![2; 100_000], 1, 0, false);
        };
        while_hanging(|| queue.sync(), fault, meanwhile);
        assert!(!queue.is_synced());
        let synced = faults::synced();
        queue.sync();
        // What failed was of the segment before, which nobody needs.
        assert_eq!(faults::synced(), synced + 1);
        assert!(queue.is_synced());
        deliver(&queue, &vec![2; 100_000]);
    }
}

#[test]
fn of_two_syncs_at_once_none_hides_the_error_of_the_other() {
    let home = tempfile::tempdir().unwrap();
    let queue = queue_in(home.path());
    queue.append(&[1; 100], 1, 0, false);
    let unsynced = queue.begin_sync();
    let (starts, has_started) = channel();
    thread::scope(|scope| {
        let meanwhile = || {
            scope.spawn(move || {
                starts.send(()).unwrap();
                assert!(unsynced[0].sync().is_err(), "the system tells of it once");
            });
            has_started.recv().unwrap();
            // It has every chance not to wait for its turn.
            (0..10_000).for_each(|_| thread::yield_now());
        };
        while_hanging(|| queue.sync(), Some(Fault::Sync), meanwhile);
    });
    assert!(!queue.is_synced());
    queue.sync();
    assert!(queue.is_synced());
    deliver(&queue, &[1; 100]);
}

/// Half of a body was taken.
fn half() -> Parts {
    Parts {
        taken: 2,
        rest: vec![2; 100],
        left: 2,
        ..Parts::default()
    }
}

#[test]
fn a_segment_goes_only_when_what_was_taken_from_it_is_on_the_disk() {
    let home = tempfile::tempdir().unwrap();
    let queue = queue_in(home.path());
    queue.append(&[1; 100], 4, 0, false);
    let parcel = queue.next(1).unwrap();
    // The rest comes into another segment.
    queue.inner().disk.seal();
    let files = || fs::read_dir(home.path()).unwrap().count();
    let before = files();
    let meanwhile = || {
        assert_eq!(files(), before + 1);
        queue.append(&[3; 100], 1, 0, false);
        assert!(queue.ledger().balances());
    };
    while_hanging(|| queue.settle_parts(&parcel, &half()), None, meanwhile);
    assert_eq!(files(), before);
    deliver(&queue, &[2; 100]);
    deliver(&queue, &[3; 100]);
    let ledger = queue.ledger();
    assert!(ledger.balances() && ledger.delivered == 5, "{ledger:?}");
}

#[test]
fn what_was_taken_from_a_segment_is_on_the_disk_before_its_last_body_is_settled() {
    let home = tempfile::tempdir().unwrap();
    let queue = queue_in(home.path());
    queue.append(&[1; 100], 4, 0, false);
    queue.append(&[3; 100], 1, 0, false);
    queue.sync();
    let parcel = queue.next(1).unwrap();
    queue.inner().disk.seal();
    while_hanging(
        || queue.settle_parts(&parcel, &half()),
        None,
        || assert!(!queue.is_synced()),
    );
    assert!(queue.is_synced());
    deliver(&queue, &[3; 100]);
    deliver(&queue, &[2; 100]);
    assert!(queue.ledger().balances());
}

#[test]
fn a_copy_that_nobody_needs_any_more_goes() {
    let home = tempfile::tempdir().unwrap();
    let queue = queue_in(home.path());
    queue.append(&[1; 100], 1, 0, false);
    faults::set(Some(Fault::Sync));
    queue.sync();
    faults::set(None);
    assert!(!queue.is_synced());
    // The sync of the copy.
    while_hanging(|| queue.sync(), None, || deliver(&queue, &[1; 100]));
    assert!(queue.is_synced() && queue.has_no_segments());
    let names = fs::read_dir(home.path()).unwrap();
    let names: Vec<_> = names.map(|at| at.unwrap().file_name()).collect();
    assert_eq!(names.len(), 1, "the instance alone: {names:?}");
}

#[test]
fn a_copy_of_a_process_that_is_gone_goes_and_its_segment_stays() {
    let home = tempfile::tempdir().unwrap();
    let queue = queue_in(home.path());
    queue.append(&[1; 100], 1, 0, false);
    let (copy, _) = queue.directory().unwrap().next_file(Signal::Traces, "copy");
    fs::write(&copy, "half of it").unwrap();
    drop(queue);
    let next = queue_in(home.path());
    let leftovers: Vec<_> = next.directory().unwrap().leftovers(true).collect();
    assert_eq!((leftovers.len(), leftovers[0].segments.len()), (1, 1));
    assert!(!copy.exists());
}
