//! Who waits for a queue, and what ends the wait.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use support::queues::{Fixture, drain};

#[test]
fn who_waits_for_an_empty_queue_does_not_wait() {
    let f = Fixture::new();
    let far = Instant::now() + Duration::from_hours(1);
    f.queue.wait_until_settled(far);
    f.queue.append(b"one", 1, 0, false);
    drain(&f.queue);
    f.queue.wait_until_settled(far);
    assert!(Instant::now() < far);
}

#[test]
fn who_waits_longer_than_the_deadline_is_let_go() {
    let f = Fixture::new();
    f.queue.append(b"one", 1, 0, false);
    let deadline = Instant::now() + Duration::from_millis(20);
    f.queue.wait_until_settled(deadline);
    assert!(Instant::now() >= deadline);
    f.queue.wait_until_settled(deadline);
}

#[test]
fn who_waits_ends_the_pause_of_the_sender() {
    let f = Fixture::new();
    f.queue.append(b"one", 1, 0, false);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            f.queue.attempt_failed(Duration::from_hours(1), false);
            is_over.store(true, Ordering::SeqCst);
            f.queue.attempt_failed(Duration::ZERO, false);
        });
        while !is_over.load(Ordering::SeqCst) {
            let soon = Instant::now() + Duration::from_secs(5);
            f.queue.wait_until_settled(soon);
        }
    });
}

#[test]
fn a_pause_that_the_server_asked_for_is_kept_and_lets_waiters_go() {
    let f = Fixture::new();
    f.queue.append(b"one", 1, 0, false);
    let pause = Duration::from_millis(50);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let begun = Instant::now();
            f.queue.attempt_failed(pause, true);
            assert!(begun.elapsed() >= pause);
            is_over.store(true, Ordering::SeqCst);
            f.queue.attempt_failed(Duration::ZERO, false);
        });
        while !is_over.load(Ordering::SeqCst) {
            let soon = Instant::now() + Duration::from_secs(5);
            f.queue.wait_until_settled(soon);
        }
    });
}

#[test]
fn a_queue_that_is_closed_ends_every_wait() {
    let f = Fixture::new();
    f.queue.append(b"one", 1, 0, false);
    f.queue.close();
    assert!(f.queue.is_closing());
    f.queue.attempt_failed(Duration::from_hours(1), true);
    drain(&f.queue);
    f.queue.wait_for_work(Duration::from_hours(1));
}
