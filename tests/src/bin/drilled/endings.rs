//! The ways in which a program ends.

#![allow(unsafe_code, reason = "`fork` has no safe interface")]

use std::panic;
use std::process;
use std::sync::{OnceLock, mpsc};
use std::time::Duration;

use agentops::Guard;
use agentops_tests::drills::made::UNIT;
use tokio::runtime::Builder;

use crate::work::Maker;
use crate::{init, say};

/// Makes so many spans and ends in this way.
pub(crate) fn run(spans: u64, ending: &str) {
    let guard = init();
    match ending {
        "exit" => {
            make(spans, 0);
            process::exit(0);
        }
        "exit-7" => {
            make(spans, 0);
            process::exit(7);
        }
        "abort" => {
            make(spans, 0);
            process::abort();
        }
        "panic" => {
            make(spans, 0);
            panic!("drilled");
        }
        // What `panic = "abort"` does: the hook runs, no destructor does.
        "panic-abort" => {
            make(spans, 0);
            let hook = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                hook(info);
                process::abort();
            }));
            panic!("drilled");
        }
        "signal" => {
            make(spans, 0);
            println!("ready");
            loop {
                std::thread::park();
            }
        }
        "static" => {
            static GUARD: OnceLock<Guard> = OnceLock::new();
            make(spans, 0);
            drop(GUARD.set(guard));
        }
        "fork-parent" => {
            make(spans / 2, 0);
            in_child(|| {});
            make(spans - spans / 2, 1);
            say(&guard.shutdown());
        }
        "fork-child" => {
            in_child(|| make(spans, 0));
            say(&guard.shutdown());
        }
        "runtime" => {
            let mut builder = Builder::new_multi_thread();
            builder.worker_threads(2);
            runtime(spans, builder);
            say(&guard.shutdown());
        }
        "runtime-current" => {
            runtime(spans, Builder::new_current_thread());
            say(&guard.shutdown());
        }
        "return" => {
            make(spans, 0);
        }
        _ => panic!("unknown ending {ending}"),
    }
}

fn make(spans: u64, thread: u64) {
    let mut maker = Maker::new(thread);
    let mut rest = spans;
    while rest > 0 {
        let count = rest.min(UNIT);
        maker.unit(count);
        rest -= count;
    }
}

/// Runs `f` in a forked child, which ends as a program does that returns from `main`.
fn in_child(f: impl FnOnce()) {
    // SAFETY: the child runs on the only thread there is of the program's own, and exits below.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        f();
        process::exit(0);
    }
    let mut status = 0;
    // SAFETY: `status` is a valid place for the answer.
    let ended = unsafe { libc::waitpid(pid, &raw mut status, 0) };
    assert_eq!((ended, status), (pid, 0), "the child ends well");
}

/// Drops a runtime in whose tasks spans have ended and others are open.
fn runtime(spans: u64, mut builder: Builder) {
    const TASKS: u64 = 4;
    let runtime = builder.build().unwrap();
    let (ready, is_ready) = mpsc::channel();
    let mut held = Vec::new();
    for task in 0..TASKS {
        let maker = Maker::new(task);
        held.push(maker.coming());
        runtime.spawn(maker.hold(spans / TASKS, ready.clone()));
    }
    runtime.block_on(tokio::task::yield_now());
    for _ in 0..TASKS {
        is_ready.recv_timeout(Duration::from_mins(1)).unwrap();
    }
    drop(runtime);
    // With their futures these have ended.
    let mut maker = Maker::new(TASKS);
    for made in held {
        maker.tell_ended(made);
    }
}
