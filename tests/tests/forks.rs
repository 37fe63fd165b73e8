//! A process that forks: what it records stays its own, and its child records nothing.

#![allow(unsafe_code, reason = "`fork` has no safe interface")]

use agentops::testing::capture;
use agentops::{EndState, Session};
use agentops_tests::Telemetry;

#[agentops::session]
fn work() {
    call();
}

#[agentops::tool]
fn call() {}

/// Runs `f` in a forked child; whether it said so.
fn in_child(f: impl FnOnce() -> bool) -> bool {
    // SAFETY: the child allocates, which its C library allows, runs code that is to take no lock,
    // and exits without running destructors of its parent.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        // SAFETY: these two have no conditions. A child that waits for a lock is ended.
        unsafe {
            libc::alarm(10);
            libc::_exit(i32::from(!f()));
        }
    }
    let mut status = 0;
    // SAFETY: `status` is a valid place for the answer.
    let ended = unsafe { libc::waitpid(pid, &raw mut status, 0) };
    ended == pid && status == 0
}

#[test]
fn capture_in_a_child_takes_nothing_from_its_parent() {
    let spans = Telemetry::record(|| {
        for _ in 0..10 {
            work();
            assert!(in_child(|| capture(work).spans.is_empty()));
            work();
        }
    })
    .spans;
    assert_eq!(spans.len(), 40);
}

#[test]
fn session_says_nothing_more_in_a_child() {
    let spans = Telemetry::record(|| {
        let session = Session::start("run");
        assert!(in_child(|| {
            session.set_user("child");
            session.tag("child");
            session.metadata("by", "child");
            session.end(EndState::Error);
            session.add_baggage("by", "child").is_ok() && session.get_baggage_value("by").is_none()
        }));
        session.end(EndState::Success);
    })
    .spans;
    let session = spans.named("run");
    assert_eq!(session.str("agentops.session.end_state"), Some("Success"));
    assert_eq!(session.str("user.id"), None);
}
