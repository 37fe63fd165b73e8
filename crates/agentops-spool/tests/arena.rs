//! Threads write records into the arena's file, as far as it has room.
#![cfg(all(target_os = "linux", not(agentops_plain), not(miri)))]
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use agentops_spool::arena::{Arena, Chunk, Header, UNIT, UNITS_OFFSET};
use agentops_spool::orphan::Orphan;
use agentops_spool::site::{Kind, Site};
use agentops_spool::{pool, registry, thread};
use support::chunks::{alone, append, numbers, read_all};
use support::records::{end, session, start};

fn arena(path: &Path, units: usize) -> Arc<Arena> {
    let header = Header {
        id: [1; 16],
        boot_id: [0; 16],
        destination: 0,
        flags: 0,
    };
    Arena::create(path, UNITS_OFFSET + units * UNIT, &header).unwrap()
}

fn lies_in_arena(chunk: &Chunk) -> bool {
    chunk.units().is_some()
}

#[test]
fn a_new_arena_is_used_at_once_and_left_at_once() {
    let _alone = alone();
    let home = tempfile::tempdir().unwrap();
    assert!(append(1, 10));
    registry::install(arena(&home.path().join("arena"), 4), b"");
    assert!(append(2, 10));
    assert!(pool::uninstall().is_some());
    assert!(append(3, 10));
    let shared: Vec<bool> = pool::active().iter().map(|c| lies_in_arena(c)).collect();
    assert_eq!(shared, [false, true, false]);
    assert_eq!(numbers(&read_all()), [1, 2, 3]);
}

#[test]
fn units_are_used_again_once_they_were_read() {
    let _alone = alone();
    let home = tempfile::tempdir().unwrap();
    registry::install(arena(&home.path().join("arena"), 2), b"");
    for n in 0..500 {
        assert!(append(n, 1_000));
        assert_eq!(numbers(&read_all()), [n]);
    }
    assert!(pool::active().iter().all(|chunk| lies_in_arena(chunk)));
}

#[test]
fn beyond_the_arena_chunks_are_plain_memory_and_counted() {
    let _alone = alone();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("arena");
    registry::install(arena(&path, 1), b"");
    for n in 0..100 {
        assert!(append(n, 1_000));
    }
    let shared: Vec<bool> = pool::active().iter().map(|c| lies_in_arena(c)).collect();
    assert_eq!(shared, [true, false]);
    let orphan = Orphan::read(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(orphan.overflowed, 1);
    assert_eq!(read_all().len(), 100 * 1_032);
}

#[test]
fn the_arena_tells_how_many_spans_began_outside_and_were_not_read() {
    let _alone = alone();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("arena");
    registry::install(arena(&path, 1), b"");
    let outside = || Orphan::read(&fs::read(&path).unwrap()).unwrap().outside;
    let write = |record: Vec<u8>| assert!(thread::append(|out| out.bytes(&record)));
    let in_file = || {
        let all = pool::active();
        all.iter().filter(|chunk| lies_in_arena(chunk)).count() == all.len()
    };
    while in_file() {
        write(end(1));
        assert_eq!(outside(), 0);
    }
    // The record that found no room is the first outside, and begins no span.
    for n in 1..=9 {
        write(start(n, 0));
        write(end(n));
    }
    write(session(1, 0, "chat"));
    assert_eq!(outside(), 9);
    let beside = pool::active().remove(1);
    let first = end(1).len() + start(1, 0).len();
    beside.consume(first);
    assert_eq!(outside(), 8);
    drop(beside);
    read_all();
    assert_eq!(outside(), 0);
}

#[test]
fn the_arena_tells_how_many_spans_found_no_room_at_all() {
    let _alone = alone();
    let home = tempfile::tempdir().unwrap();
    let lost = |path: &Path| Orphan::read(&fs::read(path).unwrap()).unwrap().lost;
    let (first, second) = (home.path().join("first"), home.path().join("second"));
    pool::count_lost();
    registry::install(arena(&first, 1), b"");
    assert_eq!(lost(&first), 0);
    let before = pool::lost();
    (0..3).for_each(|_| pool::count_lost());
    registry::install(arena(&second, 1), b"");
    pool::count_lost();
    assert_eq!((lost(&first), lost(&second)), (3, 1));
    assert_eq!(pool::lost(), before + 4);
}

#[test]
fn the_arena_grows_as_far_as_a_long_record_needs() {
    let _alone = alone();
    let home = tempfile::tempdir().unwrap();
    // Units are allocated 16 at a time, and 3 MiB take 49 of them.
    registry::install(arena(&home.path().join("arena"), 64), b"");
    assert!(append(1, 3 << 20));
    assert!(pool::active().iter().all(|chunk| lies_in_arena(chunk)));
    assert_eq!(numbers(&read_all()), [1]);
}

#[test]
fn the_reader_allocates_units_before_they_are_needed() {
    let _alone = alone();
    let home = tempfile::tempdir().unwrap();
    let arena = arena(&home.path().join("arena"), 64);
    registry::install(Arc::clone(&arena), b"");
    assert_eq!(arena.units(), 16);
    for n in 0..9 {
        assert!(append(n, UNIT - 1_000));
    }
    // The last chunk is not given back while its thread may write to it.
    assert_eq!(pool::active().len(), 9);
    pool::reclaim();
    assert_eq!(arena.units(), 32);
}

#[test]
fn sites_are_found_in_the_arena_whenever_they_were_registered() {
    static BEFORE: Site = Site::new(Kind::Tool, "before", "", "", 1);
    static AFTER: Site = Site::new(Kind::Tool, "after", "", "", 1);
    let _alone = alone();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("arena");
    let before = registry::id_of(&BEFORE);
    registry::install(arena(&path, 1), b"resource");
    let after = registry::id_of(&AFTER);
    let mut orphan = Orphan::read(&fs::read(&path).unwrap()).unwrap();
    for (id, name) in [(before, "before"), (after, "after")] {
        assert_eq!(orphan.sites.get(id).unwrap().function, name);
    }
    assert_eq!(orphan.sites.get(before + after + 1), None);
    assert_eq!(orphan.resource, b"resource");
}

#[test]
fn a_thread_waits_for_its_reader_before_it_leaves_the_arena() {
    let _alone = alone();
    let home = tempfile::tempdir().unwrap();
    registry::install(arena(&home.path().join("arena"), 8), b"");
    let fill = |n: u64| {
        let began = Instant::now();
        assert!(append(n, UNIT - 1000));
        began.elapsed()
    };
    // A chunk is complete once the next one is taken: after six, five are unread of eight, and
    // half would be four.
    for n in 0..6 {
        fill(n);
    }
    let waited = fill(6) + fill(7);
    assert!(waited >= pool::LONGEST_WAIT / 2, "{waited:?}");
    assert!(pool::active().iter().all(|chunk| lies_in_arena(chunk)));
    let beside = fill(8);
    assert!(beside >= pool::LONGEST_WAIT / 2, "{beside:?}");
    assert!(!pool::active().iter().all(|chunk| lies_in_arena(chunk)));
    assert_eq!(numbers(&read_all()), (0..9).collect::<Vec<_>>());
}
