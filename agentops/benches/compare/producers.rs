//! Two threads that make spans at the same time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, Scope};

use super::burst::timed;
use super::stacks::Case;

/// How many have come to the point where all begin.
static ARRIVED: AtomicUsize = AtomicUsize::new(0);
const THREADS: usize = 2;

/// Threads that live as long as the benchmark, so that they are warm.
pub(crate) struct Producers {
    threads: Vec<(SyncSender<Case>, Receiver<u64>)>,
}

impl Producers {
    pub(crate) fn start<'scope>(scope: &'scope Scope<'scope, '_>) -> Self {
        let start = |_| {
            let (sender, cases) = sync_channel::<Case>(0);
            let (results, receiver) = sync_channel(0);
            let run = move || {
                for case in cases {
                    let nanos = timed(&case, wait_for_all);
                    if results.send(nanos).is_err() {
                        return;
                    }
                }
            };
            let thread = Builder::new().spawn_scoped(scope, run);
            thread.expect("threads can be started");
            (sender, receiver)
        };
        Self {
            threads: (0..THREADS).map(start).collect(),
        }
    }

    /// Nanoseconds of one burst, where each thread makes one; their mean.
    pub(crate) fn run(&self, case: Case) -> u64 {
        ARRIVED.store(0, Ordering::SeqCst);
        for (sender, _) in &self.threads {
            sender.send(case).expect("the thread waits for cases");
        }
        let nanos = self.threads.iter().map(|(_, receiver)| receiver.recv());
        let sum: u64 = nanos.map(|nanos| nanos.expect("the thread answers")).sum();
        (case.flush)();
        sum / THREADS as u64
    }
}

/// Waits without sleeping, since waking takes as long as a burst.
fn wait_for_all() {
    ARRIVED.fetch_add(1, Ordering::SeqCst);
    while ARRIVED.load(Ordering::SeqCst) < THREADS {
        std::thread::yield_now();
    }
}
