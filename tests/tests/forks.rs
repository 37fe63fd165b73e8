//! A process that forks: what it records stays its own, and its child records for itself.
#![cfg(unix)]
#![allow(unsafe_code, reason = "`fork` has no safe interface")]
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use agentops::testing::capture;
use agentops::{Config, EndState, Guard, Session};
use agentops_tests::program::uninitialized;
use agentops_tests::{Collector, Span, Spans, Telemetry};
use tempfile::TempDir;

#[agentops::session]
fn work() {
    call();
}

#[agentops::tool]
fn call() {}

#[agentops::tool]
fn call_of_child() {}

fn call_in(session: &Session) {
    let _scope = session.enter();
    call();
}

/// Runs `f` in a forked child; whether it said so.
fn in_child(f: impl FnOnce() -> bool) -> bool {
    // SAFETY: the child allocates and starts threads, which its C library allows, and exits
    // without running destructors of its parent.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        // SAFETY: these two have no conditions. A child that waits for a lock is ended.
        unsafe {
            libc::alarm(20);
            libc::_exit(i32::from(!f()));
        }
    }
    let mut status = 0;
    // SAFETY: `status` is a valid place for the answer.
    let ended = unsafe { libc::waitpid(pid, &raw mut status, 0) };
    ended == pid && status == 0
}

fn start(home: &Path, collector: &Collector) -> Guard {
    let config = Config::new().home(home).endpoint(collector.endpoint());
    config.init().unwrap()
}

/// How many processes have files below `home`.
fn instances(home: &Path) -> usize {
    let spool = fs::read_dir(home.join("spool")).unwrap();
    let files = spool.flat_map(|directory| fs::read_dir(directory.unwrap().path()).unwrap());
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let instances: BTreeSet<_> = names.map(|name| name[..32].to_owned()).collect();
    instances.len()
}

/// The spans by their ids. A process that ends while it sends has some come twice, which must be
/// the same: no two spans have one id.
fn each_once(spans: Spans) -> Vec<Span> {
    let mut by_id = HashMap::new();
    let about = |span: &Span| {
        let process = span.resource().get("process.pid").cloned();
        (
            span.name().to_owned(),
            span.trace_id(),
            span.parent_id(),
            process,
        )
    };
    for span in spans {
        let shown = about(&span);
        if let Some(before) = by_id.insert(span.span_id(), span) {
            assert_eq!(about(&before), shown);
        }
    }
    by_id.into_values().collect()
}

#[test]
fn capture_in_a_child_takes_nothing_from_its_parent() {
    let spans = Telemetry::record(|| {
        for _ in 0..10 {
            work();
            assert!(in_child(|| capture(work).spans.len() == 2));
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

#[test]
fn child_goes_on_in_the_session_it_was_forked_in() {
    #[agentops::session(user = "ada", tags("forked"))]
    fn run(guard: &Guard) -> bool {
        call();
        let is_well = in_child(|| {
            call_of_child();
            work();
            let report = guard.flush();
            report.traces.ended == 3 && report.traces.delivered == 3 && report.balances()
        });
        call();
        is_well
    }
    let telemetry = Telemetry::start();
    assert!(run(telemetry.guard()));
    let received = telemetry.stop();
    let spans = &received.spans;
    assert_eq!(received.report.traces.ended, 3);
    assert_eq!(each_once(spans.clone()).len(), 6);
    assert_eq!(spans.len(), 6);
    let (parent, child) = (
        spans.named("run"),
        spans.named("execute_tool call_of_child"),
    );
    assert!(child.is_child_of(parent));
    assert!(spans.named("work").is_child_of(parent));
    for key in ["session.id", "user.id"] {
        assert_eq!(child.str(key), parent.str(key));
        assert!(child.str(key).is_some());
    }
    assert!(child.attr("agentops.tags").is_some());
    for key in ["process.pid", "service.instance.id"] {
        let value =
            |resource: &agentops_tests::attributes::Attributes<'_>| resource.get(key).cloned();
        assert_ne!(value(&child.resource()), value(&parent.resource()));
        assert!(value(&child.resource()).is_some());
    }
}

#[test]
fn guard_shuts_down_what_its_process_set_up() {
    let spans = uninitialized(|| {
        let (home, collector) = (TempDir::new().unwrap(), Collector::start());
        let mut guard = Some(start(home.path(), &collector));
        call();
        let mut drop_it = |records: bool| {
            in_child(|| {
                if records {
                    call_of_child();
                }
                let report = guard.take().unwrap().shutdown();
                call_of_child();
                report.traces.delivered == u64::from(records)
            })
        };
        assert!(drop_it(false) && drop_it(true));
        call();
        let report = guard.unwrap().shutdown();
        assert_eq!((report.traces.ended, report.traces.delivered), (2, 2));
        assert_eq!(instances(home.path()), 0);
        collector.spans()
    });
    assert_eq!(spans.len(), 3);
}

#[test]
fn child_goes_on_in_each_session_that_was_begun_before() {
    let telemetry = Telemetry::start();
    let sessions = ["first", "second"].map(Session::start);
    let outside = in_child(|| {
        for session in &sessions {
            call_in(session);
        }
        for session in sessions.iter().rev() {
            call_in(session);
        }
        telemetry.guard().flush().traces.delivered == 4
    });
    // The first record of this one belongs to no session.
    let inside = in_child(|| {
        call_of_child();
        sessions.iter().for_each(call_in);
        telemetry.guard().flush().traces.delivered == 3
    });
    assert!(outside && inside);
    drop(sessions);
    let spans = telemetry.stop().spans;
    assert_eq!(spans.len(), 2 + 4 + 3);
    for name in ["first", "second"] {
        let session = spans.named(name);
        let calls = spans.children_of(session);
        assert_eq!(calls.len(), 3, "{name}");
        assert!(session.str("session.id").is_some());
        for call in calls {
            assert_eq!(call.str("session.id"), session.str("session.id"), "{name}");
        }
    }
}

#[test]
fn child_that_shuts_down_unrecorded_writes_nothing_into_what_its_parent_goes_on_with() {
    let spans = uninitialized(|| {
        let (home, collector) = (TempDir::new().unwrap(), Collector::start());
        let mut guard = Some(start(home.path(), &collector));
        let mut session = Some(Session::start("run"));
        let (mut is_time, mut say) = std::io::pipe().unwrap();
        call_in(session.as_ref().unwrap());
        // SAFETY: as for `in_child`.
        let pid = unsafe { libc::fork() };
        if pid == 0 {
            // SAFETY: this has no conditions.
            unsafe { libc::alarm(20) };
            let _ = std::io::Read::read(&mut is_time, &mut [0]);
            drop(guard.take());
            drop(session.take());
            // SAFETY: this has no conditions.
            unsafe { libc::_exit(0) };
        }
        // Written behind where the child was forked, and overwritten if it writes there, too.
        let session = session.unwrap();
        (0..20).for_each(|_| call_in(&session));
        std::io::Write::write_all(&mut say, b"x").unwrap();
        // SAFETY: there is no place for an answer.
        unsafe { libc::waitpid(pid, std::ptr::null_mut(), 0) };
        (0..20).for_each(|_| call_in(&session));
        drop(session);
        let report = guard.unwrap().shutdown();
        assert_eq!((report.traces.ended, report.traces.delivered), (42, 42));
        collector.spans()
    });
    let sessions: BTreeSet<_> = spans.iter().map(|span| span.str("session.id")).collect();
    assert!(
        sessions.len() == 1 && !sessions.contains(&None),
        "{sessions:?}"
    );
}

#[test]
fn capture_in_a_child_of_a_program_without_telemetry_has_its_spans() {
    uninitialized(|| {
        assert_eq!(capture(work).spans.len(), 2);
        for _ in 0..3 {
            assert!(in_child(|| capture(work).spans.len() == 2));
        }
    });
}

/// What children leave behind that end without a word: only shared memory holds it.
#[cfg(all(target_os = "linux", not(agentops_plain)))]
mod left {
    use std::ffi::CString;
    use std::ptr;
    use std::sync::Barrier;
    use std::thread;

    use agentops::otel::opentelemetry::global;
    use agentops::otel::opentelemetry::trace::{Span as _, Tracer as _};

    use super::*;

    /// Becomes another program, which does nothing and succeeds.
    fn become_another_program() -> bool {
        let program = CString::new("/bin/true").unwrap();
        let arguments = [program.as_ptr(), ptr::null()];
        // SAFETY: both are strings as C has them, and the list ends with null.
        unsafe { libc::execv(program.as_ptr(), arguments.as_ptr()) };
        false
    }

    /// Runs `f` with telemetry, then another run in the same home; all spans that were delivered.
    fn with_next_run(f: impl FnOnce(&Guard)) -> Vec<Span> {
        uninitialized(|| {
            let home = TempDir::new().unwrap();
            let collector = Collector::start();
            let guard = start(home.path(), &collector);
            f(&guard);
            let report = guard.shutdown();
            let all = report.traces.ended + report.traces.adopted;
            assert_eq!(report.traces.delivered, all, "{report:?}");
            // A run has five seconds in which to end, and there may be many children.
            for _ in 0..20 {
                if instances(home.path()) > 0 {
                    let report = start(home.path(), &collector).shutdown();
                    assert!(report.traces.lost == 0 && report.balances(), "{report:?}");
                }
            }
            assert_eq!(instances(home.path()), 0);
            each_once(collector.spans())
        })
    }

    /// How many spans have this name.
    fn count(spans: &[Span], name: &str) -> usize {
        spans.iter().filter(|span| span.name() == name).count()
    }

    #[test]
    fn what_a_child_recorded_that_exits_at_once_is_delivered_by_the_next_run() {
        let spans = with_next_run(|_| {
            for _ in 0..3 {
                assert!(in_child(|| {
                    (0..500).for_each(|_| call_of_child());
                    true
                }));
                call();
            }
        });
        assert_eq!(count(&spans, "execute_tool call"), 3);
        assert_eq!(count(&spans, "execute_tool call_of_child"), 1_500);
    }

    #[test]
    fn grandchild_records_too() {
        let spans = with_next_run(|_| {
            call();
            assert!(in_child(|| {
                // Once below a child that has recorded, and once below one that has not.
                let is_well = in_child(|| in_child(|| (0..10).map(|_| work()).count() == 10));
                work();
                is_well && in_child(|| (0..10).map(|_| work()).count() == 10)
            }));
            call();
        });
        assert_eq!(spans.len(), 2 + 2 * 21);
    }

    #[test]
    fn spans_that_began_before_the_fork_are_ended_by_the_parent_alone() {
        let spans = with_next_run(|_| {
            let session = Session::start("run");
            let mut other = global::tracer("test").start("other");
            let is_well = in_child(|| {
                call_of_child();
                session.end(EndState::Error);
                other.end();
                let mut own = global::tracer("test").start("own");
                own.end();
                true
            });
            assert!(is_well);
            session.end(EndState::Success);
            other.end();
            global::tracer("test").start("own").end();
        });
        let mut names: Vec<_> = spans.iter().map(Span::name).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            ["execute_tool call_of_child", "other", "own", "own", "run"]
        );
    }

    #[test]
    fn child_that_becomes_another_program_leaves_what_it_recorded_and_nothing_else() {
        let spans = with_next_run(|_| {
            call();
            assert!(in_child(become_another_program));
            assert!(in_child(|| {
                call_of_child();
                become_another_program()
            }));
            call();
        });
        assert_eq!(count(&spans, "execute_tool call"), 2);
        assert_eq!(count(&spans, "execute_tool call_of_child"), 1);
    }

    #[test]
    fn children_never_wait_for_threads_of_their_parent() {
        const FORKS: usize = 200;
        const THREADS: usize = 3;
        const EACH: usize = 20;
        let spans = with_next_run(|guard| {
            // Each fork has threads record that begin at the same time.
            let begin = Barrier::new(THREADS + 1);
            thread::scope(|scope| {
                let record = || {
                    for _ in 0..FORKS {
                        begin.wait();
                        for _ in 0..EACH {
                            let session = Session::start("busy");
                            session.tag("busy");
                            session.metadata("by", "parent");
                            call();
                            session.end(EndState::Success);
                        }
                    }
                };
                (0..THREADS).for_each(|_| drop(scope.spawn(record)));
                let failed = (0..FORKS).filter(|fork| {
                    begin.wait();
                    !in_child(|| {
                        let session = Session::start("child");
                        session.tag("child");
                        let _entered = session.enter();
                        call_of_child();
                        session.end(EndState::Success);
                        // Most exit while their threads are at work, some have them finish.
                        fork % 20 > 0 || guard.flush().traces.delivered >= 2
                    })
                });
                let failed = failed.count();
                assert_eq!(failed, 0);
            });
        });
        let made = FORKS * THREADS * EACH;
        assert_eq!(count(&spans, "busy"), made);
        assert_eq!(count(&spans, "execute_tool call"), made);
        assert_eq!(count(&spans, "child"), FORKS);
        assert_eq!(count(&spans, "execute_tool call_of_child"), FORKS);
    }
}
