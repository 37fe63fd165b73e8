//! Threads write records into chunks, and find room or say that there was none.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::scope;
use std::time::{Duration, Instant};

use agentops_spool::arena::{Arena, Chunk, Header, UNIT, UNITS_OFFSET};
use agentops_spool::handover::CHUNK_HEADER;
use agentops_spool::orphan::Orphan;
use agentops_spool::record::MAX_LEN;
use agentops_spool::record::field::{Field, FieldTag};
use agentops_spool::record::reader::Records;
use agentops_spool::record::write::{End, SessionStart};
use agentops_spool::site::{Kind, Site};
use agentops_spool::{pool, registry, thread};

/// The chunks are the process's: one test at a time, each with none in use.
struct Alone(
    #[expect(dead_code, reason = "held for as long as the test runs")] MutexGuard<'static, ()>,
);

fn alone() -> Alone {
    static ONE: Mutex<()> = Mutex::new(());
    let guard = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(pool::active().is_empty());
    Alone(guard)
}

impl Drop for Alone {
    fn drop(&mut self) {
        thread::seal();
        pool::uninstall();
        read_all();
    }
}

/// Reads what is committed and gives chunks back, as a drain does.
fn read_all() -> Vec<u8> {
    let mut all = Vec::new();
    for chunk in pool::active() {
        let unread = chunk.unread();
        all.extend_from_slice(unread);
        chunk.consume(unread.len());
    }
    pool::reclaim();
    all
}

/// Appends a record of about `len` bytes that says `n`.
fn append(n: u64, len: usize) -> bool {
    let end = End {
        tick: n,
        ..End::default()
    };
    // A text is cut at its own limit: several make a long record.
    thread::append(|out| {
        end.write(out);
        for _ in 0..len.div_ceil(100_000) {
            out.text_field(FieldTag::Message, &"x".repeat(len.min(100_000)));
        }
    })
}

fn numbers(bytes: &[u8]) -> Vec<u64> {
    let mut records = Records::new(bytes);
    let ends = records
        .by_ref()
        .filter_map(|record| Some(End::read(&record)?.0.tick));
    let numbers = ends.collect();
    assert_eq!(records.unread(), 0);
    numbers
}

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
fn a_full_chunk_is_followed_by_the_next() {
    let _alone = alone();
    for n in 0..100 {
        assert!(append(n, 1_000));
    }
    let sealed: Vec<bool> = pool::active().iter().map(|c| c.is_sealed()).collect();
    assert_eq!(sealed, [true, false]);
    assert_eq!(numbers(&read_all()), (0..100).collect::<Vec<_>>());
    assert_eq!(pool::active().len(), 1, "the full one was given back");
}

#[test]
fn a_chunk_that_somebody_reads_is_not_given_to_another_thread() {
    let _alone = alone();
    assert!(append(1, 10));
    thread::seal();
    let reading = pool::active();
    read_all();
    assert_eq!(pool::active().len(), 1);
    drop(reading);
    pool::reclaim();
    assert!(pool::active().is_empty());
}

#[test]
fn a_record_longer_than_a_chunk_gets_one_of_its_size() {
    let _alone = alone();
    assert!(append(1, 10));
    assert!(append(2, 3 << 20));
    assert!(append(3, 10));
    let lens: Vec<usize> = pool::active().iter().map(|chunk| chunk.len()).collect();
    assert_eq!(lens[0], UNIT);
    assert!(lens[1] > 3 << 20);
    assert_eq!(numbers(&read_all()), [1, 2, 3]);
}

#[test]
fn a_record_that_no_reader_would_take_is_not_written() {
    let _alone = alone();
    assert!(!append(1, MAX_LEN + 100_000));
    assert!(append(2, 10));
    assert_eq!(numbers(&read_all()), [2]);
}

#[test]
fn without_room_a_thread_waits_a_moment_and_gives_up() {
    let _alone = alone();
    let mut written = 0;
    let began = loop {
        let began = Instant::now();
        if !append(written, 2 << 20) {
            break began;
        }
        written += 1;
    };
    assert!(began.elapsed() >= pool::LONGEST_WAIT);
    assert!(written > 20 && written <= (pool::PRIVATE_BUDGET >> 21) as u64);
    let before = pool::lost();
    pool::count_lost();
    assert_eq!(pool::lost(), before + 1);
    // What is read makes room.
    assert_eq!(numbers(&read_all()).len() as u64, written);
    assert!(append(0, 2 << 20));
}

#[test]
fn a_thread_that_waits_for_room_gets_what_is_given_back() {
    let _alone = alone();
    while append(0, 2 << 20) {}
    scope(|scope| {
        let writer = scope.spawn(|| {
            // Gives up after a moment each time; the reader is at work.
            let deadline = Instant::now() + Duration::from_secs(10);
            while Instant::now() < deadline {
                if append(7, 2 << 20) {
                    return true;
                }
            }
            false
        });
        thread::seal();
        read_all();
        assert!(writer.join().unwrap());
    });
}

#[test]
fn a_thread_that_ends_completes_its_chunk() {
    let _alone = alone();
    scope(|scope| {
        // Waits for the thread-locals too, which the end of the scope does not.
        scope.spawn(|| assert!(append(1, 10))).join().unwrap();
    });
    assert!(pool::active()[0].is_sealed());
    assert_eq!(numbers(&read_all()), [1]);
    assert!(pool::active().is_empty());
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
fn a_value_that_records_itself_while_it_is_written_is_no_trouble() {
    struct Recording;
    impl fmt::Display for Recording {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            assert!(append(1, 10));
            f.write_str("outer")
        }
    }
    let _alone = alone();
    let session = SessionStart::default();
    assert!(thread::append(|out| {
        session.write(out);
        out.attr("value");
        out.fmt_value(format_args!("{Recording}"));
    }));
    let bytes = read_all();
    let outer = Records::new(&bytes).find_map(|record| SessionStart::read(&record));
    let Some(Field::Attr("value", value)) = outer.unwrap().1.next() else {
        panic!("no value");
    };
    assert_eq!(value.as_str(), Some("outer"));
}

#[test]
fn a_value_that_is_longer_the_second_time_is_no_trouble() {
    struct Growing(std::cell::Cell<usize>);
    impl fmt::Display for Growing {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.set(self.0.get() * 4);
            f.write_str(&"x".repeat(self.0.get()))
        }
    }
    let _alone = alone();
    let growing = Growing(std::cell::Cell::new(UNIT));
    let is_written = thread::append(|out| {
        End::default().write(out);
        out.attr("value");
        out.fmt_value(format_args!("{growing}"));
    });
    let bytes = read_all();
    assert_eq!(numbers(&bytes).len(), usize::from(is_written));
    assert!(append(1, 10));
}

#[test]
fn a_reader_is_woken_even_before_it_waits() {
    let _alone = alone();
    pool::wake();
    let began = Instant::now();
    pool::wait_for_wake(Duration::from_hours(1));
    pool::wait_for_wake(Duration::from_millis(1));
    assert!(began.elapsed() >= Duration::from_millis(1));
}

#[test]
fn spans_whose_end_found_no_room_are_noted_once() {
    let _alone = alone();
    pool::abandon([1; 8]);
    pool::abandon([2; 8]);
    assert_eq!(pool::abandoned(), [[1; 8], [2; 8]]);
    assert!(pool::abandoned().is_empty());
}

#[test]
fn a_chunk_has_room_for_a_record_that_fits_exactly() {
    let _alone = alone();
    let head = 8 + 16;
    let text = 5;
    let len = UNIT - CHUNK_HEADER - head - text;
    assert!(append(1, len));
    let lens: Vec<usize> = pool::active().iter().map(|chunk| chunk.len()).collect();
    assert_eq!(lens, [UNIT]);
    assert_eq!(numbers(&read_all()), [1]);
}
