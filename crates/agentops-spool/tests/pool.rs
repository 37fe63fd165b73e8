//! Chunks go round between threads and the reader, in memory that has a bound.
#![cfg(not(miri))]
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::scope;
use std::time::{Duration, Instant};

use agentops_spool::arena::UNIT;
use agentops_spool::{pool, thread};
use support::chunks::{alone, append, numbers, read_all};

/// Says that it is over, also when a failed check ends the thread: who waits for it sees that.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
        pool::wake();
    }
}

/// Reads beside `write`, as the drain thread does; gives what was read and the most bytes in use.
fn read_beside(write: impl FnOnce() + Send) -> (Vec<u64>, usize) {
    let is_done = AtomicBool::new(false);
    let (mut read, mut most) = (Vec::new(), 0);
    scope(|scope| {
        let writer = scope.spawn(|| {
            let _over = Over(&is_done);
            write();
        });
        while !is_done.load(Ordering::Acquire) {
            pool::wait_for_wake(Duration::from_millis(100));
            most = most.max(bytes_in_use());
            for chunk in pool::active() {
                let unread = chunk.unread();
                read.extend(numbers(unread));
                chunk.consume(unread.len());
                drop(chunk);
                pool::reclaim();
            }
        }
        // Waits for the thread-locals too, which the end of the scope does not.
        writer.join().unwrap();
    });
    read.extend(numbers(&read_all()));
    (read, most)
}

/// Appends a record of about `len` bytes that says `n`, however busy the machine is with others.
fn append_in_time(n: u64, len: usize) {
    while !append(n, len) {}
}

fn bytes_in_use() -> usize {
    pool::active().iter().map(|chunk| chunk.len()).sum()
}

/// What the process has in memory.
#[cfg(target_os = "linux")]
fn resident_bytes() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages = statm.split(' ').nth(1).unwrap();
    pages.parse::<usize>().unwrap() * 4096
}

#[test]
#[cfg(target_os = "linux")]
fn ten_thousand_threads_that_come_and_go_give_their_chunks_back() {
    let _alone = alone();
    let wave = |from: u64| {
        read_beside(move || {
            for n in from..from + 2_500 {
                let written = scope(|scope| scope.spawn(|| append(n, 100)).join());
                assert!(written.unwrap());
            }
        })
    };
    let mut read = Vec::new();
    let mut resident = Vec::new();
    let mut most = 0;
    for from in [0, 2_500, 5_000, 7_500] {
        let (numbers, in_use) = wave(from);
        read.extend(numbers);
        most = most.max(in_use);
        resident.push(resident_bytes());
        assert!(bytes_in_use() <= UNIT, "one chunk goes round");
    }
    read.sort_unstable();
    assert_eq!(read, (0..10_000).collect::<Vec<_>>());
    assert!(most <= pool::PRIVATE_BUDGET / 4, "{most} bytes in use");
    let grown = resident[3].saturating_sub(resident[0]);
    assert!(grown < 4 << 20, "{resident:?}");
}

#[test]
fn without_a_reader_memory_ends_at_the_budget_and_with_one_it_goes_on() {
    const LEN: usize = 100_000;
    let _alone = alone();
    let fill = || {
        let written = (0..10_000).take_while(|&n| append(n, LEN)).count();
        assert!(!append(0, LEN), "there was room again without a reader");
        written
    };
    let written: usize = scope(|scope| {
        let threads = [(); 4].map(|()| scope.spawn(fill));
        threads.map(|thread| thread.join().unwrap()).iter().sum()
    });
    let in_use = bytes_in_use();
    assert!(in_use <= pool::PRIVATE_BUDGET, "{in_use} bytes in use");
    assert!(
        in_use > pool::PRIVATE_BUDGET * 9 / 10,
        "{in_use} bytes in use"
    );
    assert_eq!(numbers(&read_all()).len(), written);
    assert_eq!(bytes_in_use(), 0);
    let (read, most) = read_beside(|| (0..3_000).for_each(|n| append_in_time(n, LEN)));
    assert_eq!(read.len(), 3_000);
    assert!(most <= pool::PRIVATE_BUDGET, "{most} bytes in use");
}

#[test]
fn a_thread_that_finds_no_room_is_kept_for_a_moment_only() {
    let _alone = alone();
    while append(0, 2 << 20) {}
    thread::seal();
    while append(0, 10) {}
    let waits = [(); 5].map(|()| {
        let began = Instant::now();
        assert!(!append(0, 100_000));
        began.elapsed()
    });
    assert!(waits.iter().all(|wait| *wait >= pool::LONGEST_WAIT));
    // The machine may be busy at any one of them.
    let shortest = waits.into_iter().min().unwrap();
    assert!(shortest < 10 * pool::LONGEST_WAIT, "{shortest:?}");
}
