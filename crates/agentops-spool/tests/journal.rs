//! The journal of open spans: what it holds, how it is replaced, and a disk that fails.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use agentops_spool::directory::Directory;
use agentops_spool::join::{Join, Measurement, Sink};
use agentops_spool::journal::Journal;
use agentops_spool::otlp::batch::Batch;
use agentops_spool::otlp::journaled;
use agentops_spool::record::write::Start;
use agentops_spool::registry::Sites;
use agentops_spool::segment::format::State;
use agentops_spool::segment::reader::SegmentReader;
use agentops_spool::span::Span;
use support::queues::files;
use support::records::{ANCHOR, identity, record};

struct Only(Batch);

impl Sink for Only {
    fn span(&mut self, span: &Span<'_>) {
        self.0.push(span);
    }

    fn measure(&mut self, _: &Measurement<'_>) {}
}

/// An open span with a text of `len` bytes.
fn open(n: u8, len: usize) -> Batch {
    let start = Start {
        identity: identity(n, 0),
        tick: 1_000,
    };
    let mut join = Join::new(Sites::default());
    let started = record(|out| {
        start.write(out);
        out.attr("text");
        out.str_value(&"x".repeat(len));
    });
    let mut batch = Only(Batch::default());
    join.pass(&[&started], ANCHOR, &mut batch);
    join.journal(ANCHOR, &mut batch);
    batch.0
}

/// The spans that are open according to the journals in `home`, as an adopter sees it.
fn held(home: &Path) -> BTreeSet<u8> {
    let mut held = BTreeSet::new();
    let mut closed = Vec::new();
    for name in files(home, ".open") {
        let bytes = fs::read(home.join(name)).unwrap();
        for record in SegmentReader::new(&bytes).unwrap() {
            let (spans, _) = journaled::read(record.body);
            let ids = spans.iter().map(|span| span.start.identity.span_id[0]);
            match record.header.state {
                State::Open => held.extend(ids),
                _ => closed.extend(ids),
            }
        }
    }
    held.retain(|id| !closed.contains(id));
    held
}

struct Fixture {
    home: tempfile::TempDir,
    journal: Journal,
}

impl Fixture {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let directory = Arc::new(Directory::create(home.path(), 0).unwrap());
        let journal = Journal::new(directory, 0, Vec::new());
        Self { home, journal }
    }

    #[track_caller]
    fn assert_held(&self, ids: impl IntoIterator<Item = u8>) {
        assert_eq!(held(self.home.path()), ids.into_iter().collect());
    }

    #[track_caller]
    fn sync(&mut self) {
        for file in self.journal.unsynced() {
            file.sync().unwrap();
        }
    }

    fn files(&self) -> usize {
        files(self.home.path(), ".open").len()
    }
}

#[test]
fn a_journal_holds_what_is_open() {
    let mut f = Fixture::new();
    assert_eq!(f.files(), 0, "no file before it is needed");
    f.journal.open(0, 0, &mut open(1, 10)).unwrap();
    f.journal.open(0, 0, &mut open(2, 10)).unwrap();
    f.assert_held([1, 2]);
    f.journal.closed(&[([1; 16], [1; 8])]).unwrap();
    f.assert_held([2]);
    f.sync();
    f.journal.remove();
    assert_eq!(f.files(), 0);
}

#[test]
fn a_long_journal_is_replaced_without_a_moment_in_between() {
    let mut f = Fixture::new();
    for n in 1..=11 {
        assert!(!f.journal.is_long());
        f.journal.open(0, 0, &mut open(n, 100_000)).unwrap();
    }
    assert!(f.journal.is_long());
    f.journal.replace().unwrap();
    assert_eq!(f.files(), 2);
    f.assert_held(1..=11);
    for n in 1..=11 {
        f.journal.open(0, 0, &mut open(n, 100_000)).unwrap();
    }
    f.journal.replaced();
    assert_eq!(f.files(), 1);
    f.assert_held(1..=11);
    // All of it is needed, so it is not too long at once again.
    assert!(!f.journal.is_long());
}

#[test]
fn a_full_file_stays_until_the_journal_is_replaced() {
    let mut f = Fixture::new();
    for n in 1..=40 {
        f.journal.open(0, 0, &mut open(n, 120_000)).unwrap();
    }
    assert_eq!(f.files(), 2);
    f.assert_held(1..=40);
    f.journal.remove();
    assert_eq!(f.files(), 0);
}

#[test]
fn a_disk_that_failed_gets_everything_once_it_works_again() {
    let mut f = Fixture::new();
    fs::remove_dir_all(f.home.path()).unwrap();
    assert!(f.journal.open(0, 0, &mut open(1, 10)).is_err());
    assert!(f.journal.is_long(), "it is to be written again");
    assert!(f.journal.replace().is_err());
    assert!(f.journal.is_long());
    f.journal.replaced();
    assert!(f.journal.is_long());

    fs::create_dir(f.home.path()).unwrap();
    f.journal.replace().unwrap();
    f.journal.open(0, 0, &mut open(1, 10)).unwrap();
    f.journal.replaced();
    assert!(!f.journal.is_long());
    f.assert_held([1]);
}

#[test]
fn a_copy_that_failed_keeps_the_file_before() {
    let mut f = Fixture::new();
    f.journal.open(0, 0, &mut open(1, 10)).unwrap();
    f.journal.replace().unwrap();
    // The copy needs a second file, which the disk does not give.
    let aside = f.home.path().with_extension("aside");
    fs::rename(f.home.path(), &aside).unwrap();
    let mut copied = (1..=60).map(|n| f.journal.open(0, 0, &mut open(n, 120_000)));
    assert!(copied.any(|result| result.is_err()));
    fs::rename(&aside, f.home.path()).unwrap();
    f.journal.replaced();
    assert_eq!(f.files(), 2);
    assert!(held(f.home.path()).contains(&1));
    assert!(f.journal.is_long());
}

#[test]
fn nothing_to_note_makes_no_file() {
    let mut f = Fixture::new();
    f.journal.closed(&[]).unwrap();
    f.journal.open(0, 0, &mut Batch::default()).unwrap();
    assert!(f.journal.unsynced().is_empty());
    assert_eq!(f.files(), 0);
}

#[test]
fn all_files_that_are_needed_are_synced_and_no_longer() {
    let mut f = Fixture::new();
    for n in 1..=40 {
        f.journal.open(0, 0, &mut open(n, 120_000)).unwrap();
    }
    let before = f.journal.unsynced();
    assert_eq!((f.files(), before.len()), (2, 2));
    f.journal.open(0, 0, &mut open(41, 10)).unwrap();
    for file in before {
        file.sync().unwrap();
    }
    assert_eq!(f.journal.unsynced().len(), 1, "one was appended to since");
    f.sync();
    assert!(f.journal.unsynced().is_empty());
    f.journal.open(0, 0, &mut open(42, 10)).unwrap();
    f.journal.replace().unwrap();
    f.journal.open(0, 0, &mut open(1, 10)).unwrap();
    f.journal.replaced();
    assert_eq!(f.journal.unsynced().len(), 1, "the others are gone");
}

#[test]
fn a_sync_that_fails_after_the_journal_went_on_has_it_written_again() {
    let mut f = Fixture::new();
    f.journal.open(0, 0, &mut open(1, 10)).unwrap();
    let [file] = &f.journal.unsynced()[..] else {
        panic!("one file is to be synced");
    };
    f.journal.open(0, 0, &mut open(2, 10)).unwrap();
    // Its name cannot be synced where the directory is not to be found.
    let aside = f.home.path().with_extension("aside");
    fs::rename(f.home.path(), &aside).unwrap();
    assert!(file.sync().is_err());
    fs::rename(&aside, f.home.path()).unwrap();
    assert!(file.sync().is_err(), "an error is for good");
    assert!(f.journal.is_long());
    f.journal.replace().unwrap();
    for n in 1..=2 {
        f.journal.open(0, 0, &mut open(n, 10)).unwrap();
    }
    f.journal.replaced();
    assert!(!f.journal.is_long());
    f.assert_held([1, 2]);
    f.sync();
    assert!(f.journal.unsynced().is_empty());
}
