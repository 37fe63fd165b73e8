//! A queue beside a model of it, on a disk that fails as disks do.

#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;
use crate::adopt::{Segments, adopt};
use crate::faults::{self, Fault};
use crate::limits::Limits;

/// What happens to a queue.
#[derive(Clone, Debug)]
enum Step {
    Append(usize, Option<Fault>),
    Take(usize),
    Deliver,
    Fail,
    Sync(Option<Fault>),
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
        || {},
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
    /// Bodies of which a process was killed before their segment was done with.
    may_come_again: BTreeSet<u64>,
    order: Vec<u64>,
    had_trouble: bool,
}

impl Model {
    fn deliver(&mut self, parcel: &Parcel) {
        for (bytes, items) in parcel.iter() {
            assert_eq!(items, 1);
            let n = u64::from_le_bytes(bytes[..8].try_into().unwrap());
            let len = self.appended.get(&n).copied();
            assert!(len.is_some_and(|len| bytes == body(n, len)), "body {n}");
            *self.delivered.entry(n).or_default() += 1;
            self.order.push(n);
        }
    }

    fn kill(&mut self, queue: &Queue) {
        self.had_trouble = true;
        let in_memory = queue.inner().ring.parcel(usize::MAX);
        for (bytes, _) in in_memory.iter().flat_map(Parcel::iter) {
            self.gone
                .insert(u64::from_le_bytes(bytes[..8].try_into().unwrap()));
        }
        self.may_come_again.extend(self.delivered.keys());
    }

    fn check(&self) {
        for n in self.appended.keys() {
            let times = self.delivered.get(n).copied().unwrap_or(0);
            let least = usize::from(!self.gone.contains(n));
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
    let home = tempfile::tempdir().unwrap();
    let mut queue = queue_in(home.path());
    let (mut model, mut taken) = (Model::default(), None);
    for (n, step) in (0..).zip(steps) {
        if let Step::Append(_, fault) | Step::Sync(fault) | Step::Seal(fault) = step {
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
            Step::Seal(_) => queue.seal(),
            Step::Kill => {
                taken = None;
                model.kill(&queue);
                drop(queue);
                queue = successor(home.path());
            }
        }
        faults::set(None);
        let ledger = queue.ledger();
        assert!(ledger.balances(), "{step:?}: {ledger:?}");
        assert_eq!(ledger.lost + ledger.expired, 0, "{step:?}: {ledger:?}");
    }
    if taken.is_some() {
        queue.attempt_failed(Duration::ZERO, false);
    }
    // The disk works again.
    queue.sync();
    assert!(queue.is_synced());
    while let Some(parcel) = queue.next(1 << 20) {
        model.deliver(&parcel);
        queue.delivered(&parcel, 0);
    }
    model.check();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_fault_of_a_disk_costs_a_body_or_makes_one_up(steps in vec(step(), 1..50)) {
        run(&steps);
    }
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
    let before = segments(home.path());
    faults::set(Some(Fault::Sync));
    queue.sync();
    assert!(!queue.is_synced());
    faults::set(None);
    let synced = faults::synced();
    queue.sync();
    assert!(queue.is_synced());
    assert_eq!(faults::synced(), synced + 1, "only the copy is synced");
    let after = segments(home.path());
    assert!(after.len() == 1 && after != before, "{before:?} {after:?}");
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
fn what_is_being_sent_is_not_written_again_meanwhile() {
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
