//! A queue beside a model of it, on a disk that fails as disks do.

#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;
use crate::adopt::{Segments, adopt};
use crate::faults::{self, Fault};
use crate::limits::Limits;
use crate::queue::disk::MAX_AGE;
use crate::segment::format::HEADER_LEN;

/// What happens to a queue.
#[derive(Clone, Debug)]
enum Step {
    Append(usize, Option<Fault>),
    Take(usize),
    Deliver,
    Fail,
    Sync(Option<Fault>),
    /// A sync begins, on another thread.
    BeginSync,
    /// It goes on to its end.
    EndSync(Option<Fault>),
    /// All complete segments are too old.
    Evict,
    Seal(Option<Fault>),
    /// The process is killed, and another takes over what it left.
    Kill,
}

fn fault() -> impl Strategy<Value = Option<Fault>> {
    let write = (0..4_usize, 0..200_usize, any::<bool>());
    let write = write.prop_map(|(after, taken, stays)| Fault::Write {
        after,
        taken,
        stays,
    });
    option::weighted(
        0.4,
        prop_oneof![3 => write, 1 => Just(Fault::Sync), 1 => Just(Fault::Allocate)],
    )
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (8..900_000_usize, fault()).prop_map(|(len, fault)| Step::Append(len, fault)),
        3 => (0..2_000_000_usize).prop_map(Step::Take),
        3 => Just(Step::Deliver),
        1 => Just(Step::Fail),
        2 => fault().prop_map(Step::Sync),
        3 => Just(Step::BeginSync),
        3 => fault().prop_map(Step::EndSync),
        1 => Just(Step::Evict),
        1 => fault().prop_map(Step::Seal),
        1 => Just(Step::Kill),
    ]
}

/// Body `n`, which no other is like.
fn body(n: u64, len: usize) -> Vec<u8> {
    let mut bytes = vec![n.to_le_bytes()[0]; len];
    bytes[..8].copy_from_slice(&n.to_le_bytes());
    bytes
}

/// Which body it is.
fn number(body: &[u8]) -> u64 {
    u64::from_le_bytes(body[..8].try_into().unwrap())
}

fn queue_in(home: &Path) -> Arc<Queue> {
    let directory = Arc::new(Directory::create(home, 7).unwrap());
    let notices = Arc::new(Notices::new(|_| {}));
    Arc::new(Queue::new(Signal::Traces, Some(directory), notices))
}

/// What a process that takes over the directory has in its queue.
fn successor(home: &Path) -> Arc<Queue> {
    let queue = queue_in(home);
    let queues = [Arc::clone(&queue)];
    let directory = Arc::clone(queue.directory().unwrap());
    adopt(
        &directory,
        0,
        &queues,
        &queues,
        Segments::Send,
        Limits::default(),
        || queue.sync(),
    );
    queue
}

/// What is known of every body.
#[derive(Default)]
struct Model {
    /// Each body's length.
    appended: BTreeMap<u64, usize>,
    /// How often each was delivered.
    delivered: BTreeMap<u64, usize>,
    /// Bodies that were in memory alone when a process was killed.
    gone: BTreeSet<u64>,
    /// Bodies that were removed for the age of their segment.
    evicted: BTreeSet<u64>,
    /// How many of them the process counted that runs.
    expired: u64,
    /// Bodies of which a process was killed before their segment was done with.
    may_come_again: BTreeSet<u64>,
    order: Vec<u64>,
    had_trouble: bool,
}

impl Model {
    fn deliver(&mut self, parcel: &Parcel) {
        for (bytes, items) in parcel.iter() {
            assert_eq!(items, 1);
            let n = number(bytes);
            let len = self.appended.get(&n).copied();
            assert!(len.is_some_and(|len| bytes == body(n, len)), "body {n}");
            *self.delivered.entry(n).or_default() += 1;
            self.order.push(n);
        }
    }

    /// Has the queue remove what is complete and not being sent, for its age.
    fn evict(&mut self, queue: &Queue) {
        let directory = queue.directory().unwrap();
        let long_ago = SystemTime::now() - MAX_AGE - Duration::from_mins(1);
        let mut inner = queue.inner();
        let found = complete(&inner.disk);
        for (path, _) in &found {
            let file = fs::File::open(path).unwrap();
            file.set_modified(long_ago).unwrap();
        }
        let sent = inner.flight.segment().map(Path::to_owned);
        let (stays, goes): (Vec<_>, Vec<_>) = found
            .into_iter()
            .partition(|(path, _)| Some(path) == sent.as_ref());
        let waiting = goes.iter().flat_map(|(path, acked)| {
            let bytes = fs::read(path).unwrap();
            let records: Vec<_> = SegmentReader::new(&bytes)
                .unwrap()
                .filter(|record| record.end > *acked)
                .map(|record| number(record.body))
                .collect();
            records
        });
        let waiting: Vec<u64> = waiting.collect();
        queue.make_room(&mut inner, directory);
        assert_eq!(complete(&inner.disk), stays);
        for (path, _) in &stays {
            // It is no older than the rest for the steps that follow.
            let file = fs::File::open(path).unwrap();
            file.set_modified(SystemTime::now()).unwrap();
        }
        self.expired += waiting.len() as u64;
        self.evicted.extend(waiting);
    }

    fn kill(&mut self, queue: &Queue) {
        self.had_trouble = true;
        self.expired = 0;
        let in_memory = queue.inner().ring.parcel(usize::MAX);
        for (bytes, _) in in_memory.iter().flat_map(Parcel::iter) {
            self.gone.insert(number(bytes));
        }
        self.may_come_again.extend(self.delivered.keys());
    }

    fn check(&self) {
        for n in self.appended.keys() {
            let times = self.delivered.get(n).copied().unwrap_or(0);
            let least = usize::from(!self.gone.contains(n) && !self.evicted.contains(n));
            assert!(times >= least, "body {n} is lost");
            assert!(
                times <= 1 || self.may_come_again.contains(n),
                "body {n} came {times} times"
            );
        }
        if !self.had_trouble {
            assert!(self.order.is_sorted(), "{:?}", self.order);
        }
    }
}

fn run(steps: &[Step]) {
    faults::watch();
    let home = tempfile::tempdir().unwrap();
    let mut queue = queue_in(home.path());
    let (mut model, mut taken) = (Model::default(), None);
    // Syncs on their way, of this process.
    let mut syncs: VecDeque<Vec<Unsynced>> = VecDeque::new();
    for (n, step) in (0..).zip(steps) {
        if let Step::Append(_, fault)
        | Step::Sync(fault)
        | Step::EndSync(fault)
        | Step::Seal(fault) = step
        {
            model.had_trouble |= fault.is_some();
            faults::set(*fault);
        }
        match step {
            Step::Append(len, _) => {
                model.appended.insert(n, *len);
                queue.append(&body(n, *len), 1, 0, false);
            }
            Step::Take(most) => {
                // A sender holds one parcel at a time.
                if taken.is_some() {
                    queue.attempt_failed(Duration::ZERO, false);
                }
                taken = queue.next(*most);
            }
            Step::Deliver => {
                if let Some(parcel) = taken.take() {
                    model.deliver(&parcel);
                    queue.delivered(&parcel, 0);
                }
            }
            Step::Fail => {
                taken = None;
                queue.attempt_failed(Duration::ZERO, false);
            }
            Step::Sync(_) => queue.sync(),
            Step::BeginSync => syncs.push_back(queue.begin_sync()),
            Step::EndSync(_) => {
                if let Some(unsynced) = syncs.pop_front() {
                    queue.end_sync(unsynced);
                }
            }
            Step::Evict => model.evict(&queue),
            Step::Seal(_) => queue.seal(),
            Step::Kill => {
                taken = None;
                syncs.clear();
                model.kill(&queue);
                drop(queue);
                queue = successor(home.path());
            }
        }
        faults::set(None);
        check_durable(&queue);
        let ledger = queue.ledger();
        assert!(ledger.balances(), "{step:?}: {ledger:?}");
        assert_eq!(ledger.lost, 0, "{step:?}: {ledger:?}");
        assert_eq!(ledger.expired, model.expired, "{step:?}: {ledger:?}");
    }
    if taken.is_some() {
        queue.attempt_failed(Duration::ZERO, false);
    }
    // The disk works again.
    for unsynced in syncs {
        queue.end_sync(unsynced);
    }
    queue.sync();
    assert!(queue.is_synced());
    check_durable(&queue);
    while let Some(parcel) = queue.next(1 << 20) {
        model.deliver(&parcel);
        queue.delivered(&parcel, 0);
    }
    model.check();
}

/// What the queue says is on the disk is what was synced, byte by byte.
fn check_durable(queue: &Queue) {
    if !queue.is_synced() {
        return;
    }
    let segments = queue.inner().disk.waiting();
    // The others have nothing to be sent.
    let waiting = segments.into_iter().filter(|(_, acked, end)| acked < end);
    for (path, acked, end) in waiting {
        let file = fs::File::open(&path).unwrap();
        let written = fs::read(&path).unwrap();
        let durable = faults::durable(&file);
        let is_durable = durable.is_some_and(|durable| {
            durable.get(..HEADER_LEN) == written.get(..HEADER_LEN)
                && durable.get(acked..end) == written.get(acked..end)
        });
        let path = path.display();
        assert!(is_durable, "a power cut would cost some of {path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_fault_of_a_disk_costs_a_body_or_makes_one_up(steps in vec(step(), 1..50)) {
        run(&steps);
    }
}

/// What no other file has while it is open.
fn inode(file: &fs::File) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().unwrap().ino()
}

/// The segments that are complete, and up to where each was acknowledged.
fn complete(disk: &Disk) -> Vec<(PathBuf, usize)> {
    let written = disk.last().map(|(path, ..)| path.to_owned());
    let waiting = disk.waiting().into_iter();
    waiting
        .filter(|(path, ..)| Some(path) != written.as_ref())
        .map(|(path, acked, _)| (path, acked))
        .collect()
}

/// The files of segments in `home`, sorted.
fn segments(home: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(home).unwrap().map(|at| at.unwrap().path());
    let mut segments: Vec<_> = all
        .filter(|path| path.extension().is_some_and(|ending| ending == "traces"))
        .collect();
    segments.sort();
    segments
}

#[test]
fn what_a_failed_sync_may_have_lost_is_written_to_another_file() {
    let home = tempfile::tempdir().unwrap();
    let queue = queue_in(home.path());
    for n in 0..3 {
        queue.append(&body(n, 100), 1, 5, false);
    }
    let parcel = queue.next(1).unwrap();
    queue.delivered(&parcel, 0);
    // It is open, so that no other file gets its number.
    let before = fs::File::open(&segments(home.path())[0]).unwrap();
    faults::set(Some(Fault::Sync));
    queue.sync();
    assert!(!queue.is_synced());
    faults::set(None);
    let synced = faults::synced();
    queue.sync();
    assert!(queue.is_synced());
    assert_eq!(faults::synced(), synced + 1, "only the copy is synced");
    let after = segments(home.path());
    assert!(
        after.len() == 1 && inode(&fs::File::open(&after[0]).unwrap()) != inode(&before),
        "{after:?}"
    );
    queue.append(&body(3, 100), 1, 5, false);
    for n in 1..4 {
        let parcel = queue.next(1).unwrap();
        assert_eq!(parcel.request(), body(n, 100));
        queue.delivered(&parcel, 0);
    }
    assert!(queue.has_no_segments());
    assert!(queue.ledger().balances());
}

#[test]
fn a_segment_that_was_completed_meanwhile_is_synced_too() {
    let home = tempfile::tempdir().unwrap();
    let queue = queue_in(home.path());
    // Each fills a segment.
    for n in 0..3 {
        queue.append(&body(n, 4 << 20), 1, 0, false);
    }
    assert!(!queue.is_synced());
    let synced = faults::synced();
    queue.sync();
    assert_eq!(faults::synced(), synced + 3);
    assert!(queue.is_synced());
    // What is synced is not synced again.
    queue.sync();
    assert_eq!(faults::synced(), synced + 3);
}

#[test]
fn what_is_written_again_while_it_is_sent_is_not_sent_twice() {
    let home = tempfile::tempdir().unwrap();
    let queue = queue_in(home.path());
    queue.append(&body(0, 100), 1, 0, false);
    let parcel = queue.next(1).unwrap();
    faults::set(Some(Fault::Sync));
    queue.sync();
    faults::set(None);
    queue.sync();
    queue.delivered(&parcel, 0);
    queue.sync();
    assert!(queue.next(1).is_none(), "it would be sent twice");
    assert!(queue.is_synced());
    assert_eq!(queue.ledger().delivered, 1);
}
