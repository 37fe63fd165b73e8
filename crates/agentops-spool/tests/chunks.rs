//! Threads write records into chunks, and find room or say that there was none.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::fmt;
use std::thread::scope;
use std::time::{Duration, Instant};

use agentops_spool::arena::UNIT;
use agentops_spool::handover::CHUNK_HEADER;
use agentops_spool::record::MAX_LEN;
use agentops_spool::record::field::Field;
use agentops_spool::record::reader::Records;
use agentops_spool::record::write::{End, SessionStart};
use agentops_spool::{pool, thread};
use support::chunks::{alone, append, numbers, read_all};

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
fn a_thread_that_ends_leaves_its_chunk_to_the_next() {
    let _alone = alone();
    for n in 0..3 {
        scope(|scope| {
            // Waits for the thread-locals too, which the end of the scope does not.
            let thread = scope.spawn(move || assert!(append(n, 25_000)));
            thread.join().unwrap();
        });
    }
    // Two fit into the first.
    let sealed: Vec<bool> = pool::active().iter().map(|c| c.is_sealed()).collect();
    assert_eq!(sealed, [true, false]);
    assert_eq!(numbers(&read_all()), [0, 1, 2]);
    assert_eq!(pool::active().len(), 1);
}

#[test]
fn a_record_within_a_record_leaves_the_rest_of_its_chunk() {
    struct Recording;
    impl fmt::Display for Recording {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            assert!(append(1, 10));
            f.write_str("outer")
        }
    }
    let _alone = alone();
    for _ in 0..100 {
        assert!(thread::append(|out| {
            SessionStart::default().write(out);
            out.attr("value");
            out.fmt_value(format_args!("{Recording}"));
        }));
    }
    assert_eq!(pool::active().len(), 2);
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
