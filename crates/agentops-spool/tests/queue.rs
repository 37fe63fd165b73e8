//! Bodies on their way: on the disk, in memory, and on the account.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt as _;
use std::thread;
use std::time::Duration;

use agentops_spool::directory::Directory;
use agentops_spool::queue::Queue;
use agentops_spool::queue::parcel::Parcel;
use agentops_spool::queue::recent::SharedBody;
use agentops_spool::queue::ring::RING_BYTES;
use agentops_spool::segment::format::{FormatError, MAX_BODY, Signal};
use agentops_spool::segment::reader::SegmentReader;
use agentops_spool::segment::writer::CAPACITY;
use support::queues::{Fixture, drain, notices, queue_in};

const ALL: usize = usize::MAX;
const MIB: usize = 1 << 20;

fn bodies(parcel: &Parcel) -> Vec<&[u8]> {
    parcel.iter().map(|(body, _)| body).collect()
}

#[test]
fn a_segment_goes_once_all_of_it_was_delivered() {
    let f = Fixture::new();
    f.queue.append(b"one", 1, 0, false);
    f.queue.append(b"two", 2, 0, false);
    f.assert_balanced();
    assert_eq!(f.queue.ledger().spooled, 3);

    let parcel = f.queue.next(0).unwrap();
    assert_eq!(bodies(&parcel), [b"one"]);
    f.queue.delivered(&parcel, 0);
    f.assert_balanced();
    assert_eq!(f.files(".traces").len(), 1);

    let parcel = f.queue.next(ALL).unwrap();
    assert_eq!((bodies(&parcel), parcel.items()), (vec![&b"two"[..]], 2));
    f.queue.delivered(&parcel, 1);
    f.assert_balanced();
    assert!(
        f.files(".traces").is_empty(),
        "gone before anybody asks again"
    );
    assert!(f.queue.has_no_segments() && f.queue.next(ALL).is_none());
    let ledger = f.queue.ledger();
    assert_eq!((ledger.ended, ledger.delivered, ledger.lost), (3, 2, 1));
}

#[test]
fn a_request_is_its_bodies_one_behind_the_other() {
    let f = Fixture::new();
    f.queue.append(b"one", 1, 0, false);
    assert_eq!(f.queue.next(ALL).unwrap().request(), b"one");
    f.queue.append(b"two", 1, 0, false);
    assert_eq!(f.queue.next(ALL).unwrap().request(), b"onetwo");
}

#[test]
fn halves_of_a_parcel_are_settled_on_their_own() {
    let f = Fixture::new();
    for body in [b"1", b"2", b"3"] {
        f.queue.append(body, 1, 0, false);
    }
    let (first, rest) = f.queue.next(ALL).unwrap().split();
    let rest = rest.unwrap();
    assert_eq!((bodies(&first).len(), bodies(&rest)), (2, vec![&b"3"[..]]));
    f.queue.delivered(&first, 0);
    assert_eq!(bodies(&f.queue.next(ALL).unwrap()), [b"3"]);
    f.queue.quarantine(&rest);
    assert!(f.queue.next(ALL).is_none());
    f.assert_balanced();
}

#[test]
fn a_parcel_is_at_most_as_big_as_asked_but_never_empty() {
    let f = Fixture::new();
    for size in [300_000, 300_000, 300_000, 2 * MIB, 10] {
        f.queue.append(&vec![1; size], 1, 0, false);
    }
    let mut sizes = Vec::new();
    while let Some(parcel) = f.queue.next(700_000) {
        sizes.push(
            bodies(&parcel)
                .iter()
                .map(|body| body.len())
                .collect::<Vec<_>>(),
        );
        f.queue.delivered(&parcel, 0);
        f.assert_balanced();
    }
    let expected = [
        vec![300_000, 300_000],
        vec![300_000],
        vec![2 * MIB],
        vec![10],
    ];
    assert_eq!(sizes, expected);
}

#[test]
fn a_full_segment_is_followed_by_the_next() {
    let f = Fixture::new();
    for n in 0..9 {
        f.queue.append(&vec![n; MIB], 1, 0, false);
    }
    let names = f.files(".traces");
    assert_eq!(names.len(), 3);
    let len = fs::metadata(f.home.path().join(&names[0])).unwrap().len();
    assert!(
        len < CAPACITY as u64,
        "a complete segment is cut to its size"
    );
    let order: Vec<u8> = drain(&f.queue).iter().map(|body| body[0]).collect();
    assert_eq!(order, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    f.queue.seal();
    assert!(f.files(".traces").is_empty());
    f.assert_balanced();
}

/// The one segment there is: its name, its inode and its bytes.
fn only_segment(f: &Fixture) -> (String, u64, Vec<u8>) {
    let [name] = &f.files(".traces")[..] else {
        panic!("{:?}", f.files(".traces"));
    };
    let path = f.home.path().join(name);
    let inode = fs::metadata(&path).unwrap().ino();
    (name.clone(), inode, fs::read(path).unwrap())
}

#[test]
fn the_file_of_a_delivered_segment_is_written_over() {
    let f = Fixture::new();
    f.queue.append(&vec![1; MIB], 1, 0, false);
    f.queue.append(&vec![2; MIB], 1, 0, false);
    let (name, inode, _) = only_segment(&f);
    drain(&f.queue);
    let (_, _, emptied) = only_segment(&f);
    let none = SegmentReader::new(&emptied).err();
    assert_eq!(
        none,
        Some(FormatError::NotASegment),
        "nobody takes it for one"
    );

    f.queue.append(&vec![3; MIB / 2], 1, 0, false);
    let (next_name, next_inode, bytes) = only_segment(&f);
    assert!(next_name > name && next_inode == inode);
    let read: Vec<_> = SegmentReader::new(&bytes).unwrap().collect();
    let [record] = &read[..] else {
        panic!("{} records: what was delivered came again", read.len());
    };
    assert_eq!(record.body, vec![3; MIB / 2]);
    assert_eq!(drain(&f.queue), [vec![3; MIB / 2]]);
    f.assert_balanced();
}

#[test]
fn files_that_no_segment_was_written_over_go() {
    let f = Fixture::new();
    for _ in 0..2 {
        f.queue.append(&vec![1; MIB], 1, 0, false);
        drain(&f.queue);
    }
    f.queue.sync();
    assert_eq!(
        f.files(".traces").len(),
        1,
        "it was used since the last sync"
    );
    f.queue.sync();
    assert!(f.files(".traces").is_empty());
}

#[test]
fn a_file_that_somebody_removed_is_not_written_over() {
    let f = Fixture::new();
    f.queue.append(&vec![1; MIB], 1, 0, false);
    drain(&f.queue);
    fs::remove_file(f.home.path().join(only_segment(&f).0)).unwrap();
    f.queue.append(&vec![2; MIB], 1, 0, false);
    assert_eq!(drain(&f.queue), [vec![2; MIB]]);
    f.assert_balanced();
}

fn append_shared(f: &Fixture, n: u8) {
    let body = SharedBody::new([vec![0; 8], vec![n; MIB]].concat(), 8);
    f.queue.append_shared(&body, 1, 0, false);
}

#[test]
fn a_quick_sender_gets_a_body_from_memory() {
    let f = Fixture::new();
    assert!(f.queue.next(ALL).is_none());
    append_shared(&f, 1);
    append_shared(&f, 2);
    fs::remove_file(f.home.path().join(only_segment(&f).0)).unwrap();
    assert_eq!(drain(&f.queue), [vec![1; MIB], vec![2; MIB]]);
    assert_eq!(f.queue.ledger().delivered, 2);
    f.assert_balanced();
}

#[test]
fn a_body_that_was_not_taken_is_read_from_its_segment() {
    let f = Fixture::new();
    assert!(f.queue.next(ALL).is_none());
    append_shared(&f, 1);
    append_shared(&f, 2);
    assert_eq!(bodies(&f.queue.next(MIB).unwrap()), [vec![1; MIB]]);
    f.queue.append(b"small", 1, 0, false);
    append_shared(&f, 3);
    let small = b"small".to_vec();
    let expected = [vec![1; MIB], vec![2; MIB], small, vec![3; MIB]];
    assert_eq!(drain(&f.queue), expected);
    f.assert_balanced();
}

#[test]
fn a_slow_sender_gets_every_body_in_order() {
    let f = Fixture::new();
    assert!(f.queue.next(ALL).is_none());
    for n in 0..20 {
        append_shared(&f, n);
        if n % 4 == 3 {
            let parcel = f.queue.next(MIB).unwrap();
            assert_eq!(bodies(&parcel), [vec![n / 4; MIB]]);
            f.queue.delivered(&parcel, 0);
        }
    }
    let order: Vec<u8> = drain(&f.queue).iter().map(|body| body[0]).collect();
    assert_eq!(order, (5..20).collect::<Vec<_>>());
    f.assert_balanced();
}

#[test]
fn a_body_bigger_than_a_segment_gets_one_that_fits() {
    let f = Fixture::new();
    f.queue.append(b"small", 1, 0, false);
    f.queue.append(&vec![7; 9 * MIB], 1, 0, false);
    f.queue.append(b"behind", 1, 0, false);
    let sizes: Vec<usize> = drain(&f.queue).iter().map(Vec::len).collect();
    assert_eq!(sizes, [5, 9 * MIB, 6]);
    f.assert_balanced();
}

#[test]
fn a_body_that_no_reader_would_take_is_lost_and_counted() {
    let f = Fixture::new();
    f.queue.append(&vec![0; MAX_BODY + 1], 3, 0, false);
    f.assert_balanced();
    assert_eq!(f.queue.ledger().lost, 3);
    assert_eq!(f.told().len(), 1);
    assert!(f.queue.next(ALL).is_none());
}

#[test]
fn what_is_refused_for_good_is_kept_in_a_file() {
    let f = Fixture::new();
    f.queue.append(b"poison", 2, 0, false);
    f.queue.quarantine(&f.queue.next(ALL).unwrap());
    f.assert_balanced();
    assert_eq!(f.queue.ledger().quarantined, 2);
    let names = f.files(".quarantine");
    let bytes = fs::read(f.home.path().join(&names[0])).unwrap();
    let kept: Vec<_> = SegmentReader::new(&bytes)
        .unwrap()
        .map(|r| r.body)
        .collect();
    assert_eq!(kept, [b"poison"]);
    assert!(f.queue.next(ALL).is_none());
}

#[test]
fn an_adopted_segment_is_sent_first() {
    let f = Fixture::new();
    let gone = queue_in(f.home.path(), &f.notices);
    gone.append(b"theirs", 4, 0, false);
    let theirs = f.home.path().join(&f.files(".traces")[0]);
    f.queue.append(b"ours", 1, 0, false);
    f.queue.adopt(theirs);
    f.assert_balanced();
    assert_eq!((f.queue.ledger().adopted, f.queue.ledger().ended), (4, 1));
    assert_eq!(drain(&f.queue), [b"theirs".to_vec(), b"ours".to_vec()]);
    f.assert_balanced();
}

#[test]
fn a_damaged_body_is_lost_and_the_others_are_not() {
    let f = Fixture::new();
    for body in [[1; 100], [2; 100], [3; 100]] {
        f.queue.append(&body, 1, 0, false);
    }
    let path = f.home.path().join(&f.files(".traces")[0]);
    let mut bytes = fs::read(&path).unwrap();
    let second = bytes.windows(100).position(|body| body == [2; 100]);
    bytes[second.unwrap() + 50] ^= 1;
    // The same file: its writer goes on with it.
    fs::write(&path, &bytes).unwrap();
    let left: Vec<u8> = drain(&f.queue).iter().map(|body| body[0]).collect();
    assert_eq!(left, [1, 3]);
    f.assert_balanced();
    let ledger = f.queue.ledger();
    assert_eq!((ledger.delivered, ledger.lost), (2, 1));
    assert_eq!(f.told().len(), 1);
}

#[test]
fn a_file_that_somebody_removed_is_counted() {
    let f = Fixture::new();
    f.queue.append(b"gone", 2, 0, false);
    fs::remove_file(f.home.path().join(&f.files(".traces")[0])).unwrap();
    assert!(f.queue.next(ALL).is_none());
    f.assert_balanced();
    assert_eq!(f.queue.ledger().expired, 2);
    f.queue.append(b"next", 1, 0, false);
    assert_eq!(drain(&f.queue), [b"next"]);
}

#[test]
fn a_parcel_settled_twice_counts_once() {
    let f = Fixture::new();
    f.queue.append(b"one", 1, 0, false);
    let parcel = f.queue.next(ALL).unwrap();
    f.queue.delivered(&parcel, 0);
    f.queue.delivered(&parcel, 0);
    f.queue.quarantine(&parcel);
    f.assert_balanced();
    assert_eq!(f.queue.ledger().delivered, 1);
}

#[test]
fn more_refusals_than_items_are_no_trouble() {
    let f = Fixture::new();
    f.queue.append(b"one", 2, 0, false);
    f.queue.delivered(&f.queue.next(ALL).unwrap(), u64::MAX);
    f.assert_balanced();
    assert_eq!(f.queue.ledger().lost, 2);
}

#[test]
fn bodies_arrive_once_while_threads_append() {
    let f = Fixture::new();
    let mut seen = Vec::new();
    thread::scope(|scope| {
        for writer in 0..4_u32 {
            let queue = &f.queue;
            scope.spawn(move || {
                for n in 0..200 {
                    queue.append(&(writer * 200 + n).to_le_bytes(), 1, 0, false);
                }
            });
        }
        while seen.len() < 800 {
            f.queue.wait_for_work(Duration::from_secs(10));
            seen.extend(drain(&f.queue));
        }
    });
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 800);
    f.assert_balanced();
    assert_eq!(f.queue.ledger().delivered, 800);
}

#[test]
fn without_a_directory_bodies_wait_in_memory() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    File::create(&file).unwrap();
    let error = Directory::create(&file.join("spool"), 7).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotADirectory);

    let (notices, told) = notices();
    let queue = Queue::new(Signal::Traces, None, notices);
    queue.append(b"one", 1, 0, false);
    queue.append(b"two", 1, 0, false);
    assert_eq!(queue.ledger().buffered, 2);
    assert_eq!(told.lock().unwrap().len(), 1, "told once");
    assert_eq!(drain(&queue), [b"one", b"two"]);
    assert!(queue.ledger().balances());
}

#[test]
fn memory_is_bounded_and_what_does_not_fit_is_counted() {
    let (notices, told) = notices();
    let queue = Queue::new(Signal::Traces, None, notices);
    let count = RING_BYTES / MIB + 3;
    for n in 0..count {
        queue.append(&vec![u8::try_from(n).unwrap(); MIB], 1, 0, false);
        assert!(queue.ledger().balances());
    }
    assert_eq!(queue.ledger().lost, 3);
    assert_eq!(
        told.lock().unwrap().len(),
        2,
        "the disk once, the loss once"
    );
    let left = drain(&queue);
    assert_eq!((left.len(), left[0][0]), (count - 3, 3), "the oldest went");
}

#[test]
fn what_is_being_sent_does_not_go_for_want_of_memory() {
    let (notices, _) = notices();
    let queue = Queue::new(Signal::Traces, None, notices);
    queue.append(b"sent", 1, 0, false);
    let parcel = queue.next(ALL).unwrap();
    for n in 1..=RING_BYTES / MIB {
        queue.append(&vec![u8::try_from(n).unwrap(); MIB], 1, 0, false);
    }
    assert_eq!(queue.ledger().lost, 1);
    queue.delivered(&parcel, 0);
    assert!(queue.ledger().balances());
    assert_eq!(queue.ledger().delivered, 1);
    let left = drain(&queue);
    let oldest = left[0][0];
    assert_eq!((left.len(), oldest), (RING_BYTES / MIB - 1, 2), "the next");
}

#[test]
fn what_could_not_be_sent_goes_like_all_that_is_old() {
    let (notices, _) = notices();
    let queue = Queue::new(Signal::Traces, None, notices);
    queue.append(b"not sent", 1, 0, false);
    queue.next(ALL).unwrap();
    queue.attempt_failed(Duration::ZERO, false);
    for _ in 0..RING_BYTES / MIB {
        queue.append(&vec![1; MIB], 1, 0, false);
    }
    assert_eq!(queue.ledger().lost, 1);
    assert!(queue.ledger().balances());
    assert_eq!(drain(&queue).len(), RING_BYTES / MIB);
}

#[test]
fn each_body_in_full_memory_was_either_delivered_or_is_counted_as_lost() {
    let (notices, _) = notices();
    let queue = Queue::new(Signal::Traces, None, notices);
    let count = 3 * RING_BYTES / MIB;
    let mut delivered = 0;
    for n in 0..count {
        // Slower than they come, and some of them in halves.
        let parcel = (n % 3 == 0).then(|| queue.next(2 * MIB)).flatten();
        for _ in 0..3 {
            queue.append(&vec![7; MIB], 1, 0, false);
        }
        for part in parcel.into_iter().flat_map(halves) {
            delivered += part.items();
            queue.delivered(&part, 0);
        }
        assert!(queue.ledger().balances());
    }
    delivered += drain(&queue).len() as u64;
    let ledger = queue.ledger();
    assert_eq!(ledger.delivered, delivered);
    assert_eq!(ledger.lost, 3 * count as u64 - delivered);
}

/// One part after the other.
fn halves(parcel: Parcel) -> impl Iterator<Item = Parcel> {
    let (first, rest) = parcel.split();
    [Some(first), rest].into_iter().flatten()
}

#[test]
fn memory_goes_to_the_disk_once_that_can_be_written_again() {
    let f = Fixture::new();
    fs::remove_dir_all(f.home.path()).unwrap();
    f.queue.append(b"one", 1, 0, false);
    assert_eq!((f.queue.ledger().buffered, f.told().len()), (1, 1));
    fs::create_dir(f.home.path()).unwrap();
    f.queue.append(b"two", 1, 0, false);
    let ledger = f.queue.ledger();
    assert_eq!((ledger.buffered, ledger.spooled), (0, 2));
    assert_eq!(drain(&f.queue), [b"one", b"two"]);
    f.assert_balanced();
}

#[test]
fn memory_goes_to_the_disk_when_the_queue_is_completed() {
    let f = Fixture::new();
    fs::remove_dir_all(f.home.path()).unwrap();
    f.queue.append(b"one", 1, 0, false);
    fs::create_dir(f.home.path()).unwrap();
    f.queue.seal();
    assert_eq!(f.files(".traces").len(), 1);
    f.assert_balanced();
}

#[test]
fn a_completed_queue_leaves_no_empty_file() {
    let f = Fixture::new();
    f.queue.append(b"one", 1, 0, false);
    drain(&f.queue);
    f.queue.seal();
    f.queue.sync();
    assert!(f.files(".traces").is_empty() && f.queue.has_no_segments());
}

/// Bytes that a body of `len` bytes takes on the disk.
fn on_disk(len: u64) -> u64 {
    (48 + len).next_multiple_of(8)
}

#[test]
fn bytes_that_wait_are_those_written_and_not_acknowledged() {
    let f = Fixture::new();
    assert_eq!(f.queue.bytes(), 0);
    let gone = queue_in(f.home.path(), &f.notices);
    gone.append(&[9; 100], 1, 0, false);
    let theirs = f.home.path().join(&f.files(".traces")[0]);
    f.queue.append(&[1; 10], 1, 0, false);
    f.queue.append(&[2; 1000], 1, 0, false);
    assert_eq!(f.queue.bytes(), on_disk(10) + on_disk(1000));
    f.queue.adopt(theirs);
    let all = on_disk(100) + on_disk(10) + on_disk(1000);
    assert_eq!(f.queue.bytes(), all);
    for left in [on_disk(10) + on_disk(1000), on_disk(1000), 0] {
        let parcel = f.queue.next(0).unwrap();
        f.queue.delivered(&parcel, 0);
        assert_eq!(f.queue.bytes(), left);
    }
}

#[test]
fn bytes_that_wait_in_memory_count_too() {
    let (notices, _) = notices();
    let queue = Queue::new(Signal::Traces, None, notices);
    queue.append(&[1; 10], 1, 0, false);
    queue.append(&[2; 100], 1, 0, false);
    assert_eq!(queue.bytes(), 110);
    queue.delivered(&queue.next(0).unwrap(), 0);
    assert_eq!(queue.bytes(), 100);
}
