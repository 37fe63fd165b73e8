//! Who adopts which files, and which it leaves alone.
//!
//! No test in here starts a process: its child would inherit the locks of all
//! the others for a moment.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use agentops_spool::adopt::Segments;
use agentops_spool::directory::{Directory, hex};
use agentops_spool::segment::format::{HEADER_LEN, Header, Signal};
use support::adopter::{Adopter, set_byte};
use support::decoded;
use support::leftovers::{ALL_DESTINATIONS, DESTINATION, append_journal, append_segment};
use support::queues::files;

/// An instance that is gone with one segment of span `n`; the path of that.
fn gone(home: &Path, n: u8) -> PathBuf {
    let directory = Arc::new(Directory::create(home, DESTINATION).unwrap());
    append_segment(&directory, &[n]);
    let instance = hex(&directory.instance());
    let names = files(home, ".traces");
    let name = names.iter().find(|name| name.starts_with(&instance));
    home.join(name.unwrap())
}

#[test]
fn a_segment_of_a_newer_version_stays() {
    let home = tempfile::tempdir().unwrap();
    let path = gone(home.path(), 1);
    set_byte(&path, 8, 2);
    let before = fs::read(&path).unwrap();
    let adopter = Adopter::new(home.path());
    adopter.adopt(ALL_DESTINATIONS, Segments::Send);
    assert!(adopter.delivered().is_empty());
    assert_eq!(fs::read(&path).unwrap(), before);
    let told = adopter.told.lock().unwrap().concat();
    assert!(told.contains("written by a newer version"), "{told}");
}

#[test]
fn a_segment_of_another_account_stays() {
    let (home, others) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let other = Directory::create(others.path(), DESTINATION + 1).unwrap();
    append_segment(&Arc::new(other), &[1]);
    let name = &files(others.path(), ".traces")[0];
    // Somebody put it where the files of this account are.
    let path = home.path().join(name);
    fs::copy(others.path().join(name), &path).unwrap();
    let before = fs::read(&path).unwrap();
    let adopter = Adopter::new(home.path());
    adopter.adopt(ALL_DESTINATIONS, Segments::Send);
    assert!(adopter.delivered().is_empty());
    let after = fs::read(&path).unwrap();
    assert!(before.starts_with(&after) && !after.is_empty());
}

#[test]
fn a_segment_with_a_damaged_header_is_put_aside_and_its_spans_are_delivered() {
    let home = tempfile::tempdir().unwrap();
    let path = gone(home.path(), 1);
    set_byte(&path, HEADER_LEN - 8, 99);
    let adopter = Adopter::new(home.path());
    adopter.adopt(ALL_DESTINATIONS, Segments::Send);
    assert!(!path.exists());
    assert_eq!(adopter.delivered().into_keys().collect::<Vec<_>>(), [1]);
    assert_eq!(files(home.path(), ".quarantine").len(), 1);
    assert_eq!(adopter.told.lock().unwrap().len(), 1);
}

#[test]
fn a_segment_that_cannot_be_read_is_put_aside() {
    let home = tempfile::tempdir().unwrap();
    let path = gone(home.path(), 1);
    let id = 16;
    set_byte(&path, id, 99);
    let adopter = Adopter::new(home.path());
    adopter.adopt(ALL_DESTINATIONS, Segments::Send);
    assert!(adopter.delivered().is_empty() && !path.exists());
    assert_eq!(files(home.path(), ".quarantine").len(), 1);
    assert_eq!(adopter.told.lock().unwrap().len(), 1);
}

#[test]
fn a_segment_that_was_never_begun_goes() {
    let home = tempfile::tempdir().unwrap();
    let path = gone(home.path(), 1);
    fs::write(&path, []).unwrap();
    let adopter = Adopter::new(home.path());
    adopter.adopt(ALL_DESTINATIONS, Segments::Send);
    assert!(adopter.delivered().is_empty() && !path.exists());
}

#[test]
fn a_process_that_lives_keeps_its_files() {
    let home = tempfile::tempdir().unwrap();
    let alive = Arc::new(Directory::create(home.path(), DESTINATION).unwrap());
    append_segment(&alive, &[1]);
    let adopter = Adopter::new(home.path());
    adopter.adopt(ALL_DESTINATIONS, Segments::Send);
    assert!(adopter.delivered().is_empty());
    drop(alive);
    adopter.adopt(ALL_DESTINATIONS, Segments::Send);
    assert_eq!(adopter.delivered().len(), 1);
}

#[test]
fn what_a_killed_process_allocated_ahead_is_given_back() {
    for segments in [Segments::Send, Segments::Keep] {
        let home = tempfile::tempdir().unwrap();
        let killed = Arc::new(Directory::create(home.path(), DESTINATION).unwrap());
        append_segment(&killed, &[1]);
        let path = |home: &Path| home.join(&files(home, ".traces")[0]);
        // A process that is killed leaves it as long as it was made.
        let file = File::options().write(true).open(path(home.path()));
        file.unwrap().set_len(4 << 20).unwrap();
        drop(killed);

        let adopter = Adopter::new(home.path());
        adopter.adopt(ALL_DESTINATIONS, segments);
        let left = fs::metadata(path(home.path())).unwrap().len();
        assert!(left < 4096, "{segments:?}: {left}");
        let spans = usize::from(segments == Segments::Send);
        assert_eq!(adopter.delivered().len(), spans);
    }
}

#[test]
fn a_span_whose_end_the_journal_lost_arrives_once_if_its_segment_is_there() {
    for segments in [Segments::Send, Segments::Keep] {
        let home = tempfile::tempdir().unwrap();
        let killed = Arc::new(Directory::create(home.path(), DESTINATION).unwrap());
        // That 1 and 3 ended stood behind it.
        append_journal(&killed, &[1, 2, 3], &[]);
        append_segment(&killed, &[1]);
        append_segment(&killed, &[3, 4]);
        drop(killed);

        let adopter = Adopter::new(home.path());
        adopter.adopt(ALL_DESTINATIONS, segments);
        // None comes twice, which the adopter sees to.
        let spans = adopter.delivered();
        let incomplete = spans
            .iter()
            .filter(|(_, span)| !decoded::values(span, "agentops.span.incomplete").is_empty());
        assert_eq!(incomplete.map(|(n, _)| *n).collect::<Vec<_>>(), [2]);
        let expected = match segments {
            Segments::Send => vec![1, 2, 3, 4],
            Segments::Keep => vec![2],
        };
        assert_eq!(spans.into_keys().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn adopters_at_once_share_what_is_left() {
    let home = tempfile::tempdir().unwrap();
    for n in 1..=20 {
        gone(home.path(), n);
    }
    let adopters: Vec<_> = (0..4).map(|_| Adopter::new(home.path())).collect();
    thread::scope(|scope| {
        for adopter in &adopters {
            scope.spawn(|| adopter.adopt(ALL_DESTINATIONS, Segments::Send));
        }
    });
    let all = adopters
        .iter()
        .flat_map(|adopter| adopter.delivered().into_keys());
    let mut all: Vec<u8> = all.collect();
    all.sort_unstable();
    assert_eq!(all, (1..=20).collect::<Vec<_>>());
    assert_eq!(
        files(home.path(), "").len(),
        4,
        "only the locks of the adopters"
    );
}

#[test]
fn an_instance_is_not_taken_for_a_leftover_while_it_is_made() {
    let home = tempfile::tempdir().unwrap();
    let adopter = Adopter::new(home.path());
    let is_over = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(std::sync::atomic::Ordering::SeqCst) {
                adopter.adopt(ALL_DESTINATIONS, Segments::Send);
            }
        });
        let made: Vec<_> = (0..300)
            .map(|_| Directory::create(home.path(), DESTINATION).map(|d| (hex(&d.instance()), d)))
            .collect();
        is_over.store(true, std::sync::atomic::Ordering::SeqCst);
        for one in made {
            let (instance, _directory) = one.unwrap();
            let lock = home.path().join(format!("{instance}.instance"));
            assert!(lock.exists(), "the lock of a living process was removed");
        }
    });
}

#[test]
fn files_of_others_stay() {
    let home = tempfile::tempdir().unwrap();
    let foreign = home
        .path()
        .join("a-file-whose-name-is-longer-than-an-id.traces");
    fs::write(&foreign, "mine").unwrap();
    let precious = home.path().join("precious");
    fs::write(&precious, "mine").unwrap();
    let instance = format!("{}.instance", "ab".repeat(16));
    fs::write(home.path().join(&instance), precious.to_str().unwrap()).unwrap();

    let adopter = Adopter::new(home.path());
    adopter.adopt(ALL_DESTINATIONS, Segments::Send);
    assert!(adopter.delivered().is_empty());
    assert_eq!(fs::read(&foreign).unwrap(), b"mine");
    assert_eq!(fs::read(&precious).unwrap(), b"mine");
    assert!(!home.path().join(&instance).exists());
}

#[test]
fn a_segment_says_whose_it_is() {
    let home = tempfile::tempdir().unwrap();
    let header = Header::decode(&fs::read(gone(home.path(), 1)).unwrap()).unwrap();
    assert_eq!(
        (header.destination, header.signal),
        (DESTINATION, Signal::Traces)
    );
}
