//! What a process left that ended without a word arrives once, and what is not ours stays.
#![cfg(all(target_os = "linux", not(agentops_plain), not(miri)))]
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use agentops_spool::adopt::Segments;
use agentops_spool::arena::VERSION;
use agentops_spool::ledger::LossReason;
use agentops_spool::pool;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use support::adopter::{Adopter, set_byte};
use support::leftovers::{ALL_DESTINATIONS, Recording, arena_of, write};
use support::queues::files;
use support::records::{end, start};
use support::{child, decoded};

fn is_incomplete(span: &Span) -> bool {
    decoded::values(span, "agentops.span.incomplete") == [Value::BoolValue(true)]
}

/// Leaves a bit of everything: spans 1 to 6, of which 5 is in no need of adoption.
fn leave(home: &Path) {
    let recording = Recording::begin(home);
    recording.journal(&[3, 4, 5], &[5]);
    recording.segment(&[6]);
    // What session 1 is, the journal alone knows: its record was read long ago.
    write(&[start(1, 1), start(2, 1), end(1), end(4)]);
}

/// A home in which a process left what [`leave`] does; to be called by test `name`.
fn left_home(name: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    child::succeed(child::command(name, home.path()));
    home
}

#[test]
fn everything_arrives_once() {
    if let Some(home) = child::home() {
        return leave(&home);
    }
    let home = left_home("everything_arrives_once");
    let arena = arena_of(home.path()).unwrap();
    assert!(arena.exists());
    let adopter = Adopter::new(home.path());
    assert_eq!(adopter.adopt(ALL_DESTINATIONS, Segments::Send), 4);

    let spans = adopter.delivered();
    assert_eq!(spans.keys().copied().collect::<Vec<_>>(), [1, 2, 3, 4, 6]);
    for (n, span) in &spans {
        assert_eq!(is_incomplete(span), [2, 3].contains(n), "span {n}");
        assert!(span.end_time_unix_nano >= span.start_time_unix_nano);
        assert_eq!(span.start_time_unix_nano, 1_000_000_000 + u64::from(*n));
        let expected = if [2, 3].contains(n) { "start" } else { "end" };
        assert_eq!(decoded::values(span, "at"), [decoded::text(expected)]);
        if *n != 6 {
            let session = decoded::values(span, "session.id");
            assert_eq!(session, [decoded::text("chat")], "span {n}");
        }
    }
    assert!(!arena.exists());
    assert_eq!(adopter.adopt(ALL_DESTINATIONS, Segments::Send), 0);
    assert_eq!(
        files(home.path(), "").len(),
        1,
        "only the lock of the adopter"
    );
}

#[test]
fn segments_stay_where_they_are_read_from() {
    if let Some(home) = child::home() {
        return leave(&home);
    }
    let home = left_home("segments_stay_where_they_are_read_from");
    let before = files(home.path(), ".traces");
    let adopter = Adopter::new(home.path());
    assert_eq!(adopter.adopt(ALL_DESTINATIONS, Segments::Keep), 4);
    adopter.queue.seal();
    let after = files(home.path(), ".traces");
    assert_eq!(after.len(), before.len() + 1);
    assert!(before.iter().all(|name| after.contains(name)));
    assert!(files(home.path(), ".open").is_empty());
}

#[test]
fn spans_for_others_stay_and_segments_are_sent() {
    if let Some(home) = child::home() {
        return leave(&home);
    }
    let home = left_home("spans_for_others_stay_and_segments_are_sent");
    let arena = arena_of(home.path()).unwrap();
    let before = contents(&[journal_of(home.path()), arena.clone()]);
    let adopter = Adopter::new(home.path());
    assert_eq!(adopter.adopt(ALL_DESTINATIONS + 1, Segments::Send), 0);
    assert_eq!(adopter.delivered().into_keys().collect::<Vec<_>>(), [6]);
    assert_eq!(contents(&[journal_of(home.path()), arena]), before);
    // Whoever they are for finds them.
    adopts_all(&adopter);
}

#[test]
fn an_arena_of_a_newer_version_stays() {
    if let Some(home) = child::home() {
        return leave(&home);
    }
    let home = left_home("an_arena_of_a_newer_version_stays");
    let arena = arena_of(home.path()).unwrap();
    let journal = journal_of(home.path());
    let version = 8;
    set_byte(&arena, version, u8::try_from(VERSION + 1).unwrap());
    let before = contents(&[journal.clone(), arena.clone()]);
    let adopter = Adopter::new(home.path());
    assert_eq!(adopter.adopt(ALL_DESTINATIONS, Segments::Send), 0);
    assert_eq!(contents(&[journal, arena.clone()]), before);
    // An older one is read.
    set_byte(&arena, version, 1);
    adopts_all(&adopter);
}

#[test]
fn a_journal_of_a_newer_version_keeps_the_arena() {
    if let Some(home) = child::home() {
        return leave(&home);
    }
    let home = left_home("a_journal_of_a_newer_version_keeps_the_arena");
    let arena = arena_of(home.path()).unwrap();
    let version = 8;
    set_byte(&journal_of(home.path()), version, 2);
    let adopter = Adopter::new(home.path());
    assert_eq!(adopter.adopt(ALL_DESTINATIONS, Segments::Send), 0);
    assert!(arena.exists());
    fs::remove_file(arena).unwrap();
}

#[test]
fn spans_that_found_no_room_in_a_killed_process_are_counted_as_such() {
    if let Some(home) = child::home() {
        let _recording = Recording::begin(&home);
        (0..5).for_each(|_| pool::count_lost());
        return write(&[start(1, 0), end(1)]);
    }
    let name = "spans_that_found_no_room_in_a_killed_process_are_counted_as_such";
    let home = left_home(name);
    let adopter = Adopter::new(home.path());
    assert_eq!(adopter.adopt(ALL_DESTINATIONS, Segments::Send), 1);
    let ledger = adopter.queue.ledger();
    assert_eq!((ledger.adopted, ledger.lost), (6, 5));
    assert_eq!(ledger.lost_to(LossReason::NoRoom), 5);
    let told = adopter.told.lock().unwrap().concat();
    assert!(told.contains("5 of them"), "{told}");
    assert_eq!(adopter.adopt(ALL_DESTINATIONS, Segments::Send), 0);
    assert_eq!(adopter.queue.ledger().lost, 5, "counted once");
}

#[test]
fn counts_that_no_process_reaches_are_no_counts() {
    if let Some(home) = child::home() {
        let _recording = Recording::begin(&home);
        return write(&[start(1, 0), end(1)]);
    }
    let home = left_home("counts_that_no_process_reaches_are_no_counts");
    let arena = arena_of(home.path()).unwrap();
    // What began in plain memory, and what found no room there.
    for highest_byte in [104 + 7, 4088 + 7] {
        set_byte(&arena, highest_byte, 0xff);
    }
    let adopter = Adopter::new(home.path());
    assert_eq!(adopter.adopt(ALL_DESTINATIONS, Segments::Send), 1);
    assert_eq!(adopter.queue.ledger().lost, 0);
}

fn journal_of(home: &Path) -> PathBuf {
    home.join(&files(home, ".open")[0])
}

fn contents(paths: &[PathBuf]) -> Vec<Vec<u8>> {
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Adopts what it left alone before.
#[track_caller]
fn adopts_all(adopter: &Adopter) {
    // A child that another test is about to start holds the lock for a moment longer than we do.
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut spans = 0;
    while spans == 0 && Instant::now() < deadline {
        spans = adopter.adopt(ALL_DESTINATIONS, Segments::Send);
    }
    assert_eq!(spans, 4);
}

#[test]
fn a_session_that_only_the_journal_knows_has_its_spans() {
    if let Some(home) = child::home() {
        let recording = Recording::begin(&home);
        recording.journal(&[], &[]);
        return write(&[start(1, 1), end(1)]);
    }
    let home = left_home("a_session_that_only_the_journal_knows_has_its_spans");
    let adopter = Adopter::new(home.path());
    assert_eq!(adopter.adopt(ALL_DESTINATIONS, Segments::Send), 1);
    let spans = adopter.delivered();
    assert_eq!(spans.len(), 1);
    let session = decoded::values(&spans[&1], "session.id");
    assert_eq!(session, [decoded::text("chat")]);
}
