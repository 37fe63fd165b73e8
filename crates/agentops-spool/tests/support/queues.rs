//! Queues in directories of their own, with notices that are kept.

use std::path::Path;
use std::sync::{Arc, Mutex};

use agentops_spool::directory::Directory;
use agentops_spool::notice::Notices;
use agentops_spool::queue::Queue;
use agentops_spool::segment::format::Signal;
use tempfile::TempDir;

/// The notices told so far.
pub(crate) type Told = Arc<Mutex<Vec<String>>>;

/// Notices that are kept.
pub(crate) fn notices() -> (Arc<Notices>, Told) {
    let told = Told::default();
    let out = Arc::clone(&told);
    let notices = Notices::new(move |line| out.lock().unwrap().push(line.to_owned()));
    (Arc::new(notices), told)
}

/// A queue of spans in a new directory, which is removed with the fixture.
#[derive(Debug)]
pub(crate) struct Fixture {
    pub(crate) queue: Arc<Queue>,
    pub(crate) notices: Arc<Notices>,
    pub(crate) told: Told,
    pub(crate) home: TempDir,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        Self::of(Signal::Traces)
    }

    /// A queue of another signal.
    pub(crate) fn of(signal: Signal) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (notices, told) = notices();
        let directory = Arc::new(Directory::create(home.path(), 7).unwrap());
        let queue = Queue::new(signal, Some(directory), Arc::clone(&notices));
        let queue = Arc::new(queue);
        Self {
            queue,
            notices,
            told,
            home,
        }
    }

    pub(crate) fn told(&self) -> Vec<String> {
        self.told.lock().unwrap().clone()
    }

    /// Names of the files that end in `ending`.
    pub(crate) fn files(&self, ending: &str) -> Vec<String> {
        files(self.home.path(), ending)
    }

    #[track_caller]
    pub(crate) fn assert_balanced(&self) {
        let ledger = self.queue.ledger();
        assert!(ledger.balances(), "{ledger:?}");
    }
}

/// A queue of spans of a new instance in `home`.
pub(crate) fn queue_in(home: &Path, notices: &Arc<Notices>) -> Arc<Queue> {
    let directory = Arc::new(Directory::create(home, 7).unwrap());
    let notices = Arc::clone(notices);
    Arc::new(Queue::new(Signal::Traces, Some(directory), notices))
}

/// Names of the files in `home` that end in `ending`, sorted.
pub(crate) fn files(home: &Path, ending: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(home)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(ending))
        .collect();
    names.sort();
    names
}

/// Takes everything out and returns the bodies.
pub(crate) fn drain(queue: &Queue) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(parcel) = queue.next(1 << 20) {
        all.extend(parcel.iter().map(|(body, _)| body.to_vec()));
        queue.delivered(&parcel, 0);
    }
    all
}
