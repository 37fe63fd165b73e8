//! Start the threads of this crate; nowhere else is one started.

use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, Builder};
use std::time::{Duration, Instant};

use opentelemetry::Context;

/// A thread whose end can be waited for with a deadline.
#[derive(Debug)]
pub(crate) struct Worker {
    done: Arc<(Mutex<bool>, Condvar)>,
}

impl Worker {
    /// Starts `work` on a thread of that name, which makes no telemetry of its own.
    pub(crate) fn start(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<Self> {
        let done = Arc::new((Mutex::new(false), Condvar::new()));
        let notice = Done(Arc::clone(&done));
        let thread = Builder::new().name(name.to_owned()).spawn(move || {
            let _notice = notice;
            let _quiet = Context::enter_telemetry_suppressed_scope();
            work();
        });
        thread.map(|_| Self { done })
    }

    /// Waits until the thread has ended; `false` if it has not by the deadline.
    pub(crate) fn wait(&self, deadline: Instant) -> bool {
        let (done, condvar) = &*self.done;
        let left = deadline.saturating_duration_since(Instant::now());
        let guard = done.lock().unwrap_or_else(PoisonError::into_inner);
        let (guard, _) = condvar
            .wait_timeout_while(guard, left.max(Duration::from_millis(1)), |done| !*done)
            .unwrap_or_else(PoisonError::into_inner);
        *guard
    }
}

/// How long threads that have ended may still count as threads.
const LINGERING: Duration = Duration::from_millis(100);

/// Tries whether the system gives `count` more threads. There are no more than before afterwards.
///
/// # Errors
/// Why there are none to be had.
pub(crate) fn try_some(count: usize) -> io::Result<()> {
    let before = in_process();
    let gate = Arc::new(Mutex::new(()));
    let closed = gate.lock().unwrap_or_else(PoisonError::into_inner);
    let started: Vec<_> = (0..count)
        .map(|_| {
            let gate = Arc::clone(&gate);
            Builder::new().spawn(move || drop(gate.lock()))
        })
        .collect();
    drop(closed);
    let mut result = Ok(());
    for thread in started {
        match thread {
            Ok(thread) => drop(thread.join()),
            Err(error) => result = Err(error),
        }
    }
    // The system counts a thread a little longer than it can be joined.
    let begun = Instant::now();
    while in_process() > before && begun.elapsed() < LINGERING {
        thread::yield_now();
    }
    result
}

/// Threads of this process, where Linux tells.
fn in_process() -> usize {
    fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}

/// Pause before work that panicked is done again.
const AFTER_PANIC: Duration = Duration::from_millis(100);

/// Does work, and does it again whenever it panics: a defect of ours in one round must not end
/// all that come after it.
pub(crate) fn supervised(mut work: impl FnMut()) {
    while catch_unwind(AssertUnwindSafe(&mut work)).is_err() {
        thread::sleep(AFTER_PANIC);
    }
}

/// Tells of the thread's end, also when it panics.
struct Done(Arc<(Mutex<bool>, Condvar)>);

impl Drop for Done {
    fn drop(&mut self) {
        let (done, condvar) = &*self.0;
        *done.lock().unwrap_or_else(PoisonError::into_inner) = true;
        condvar.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_panics_is_done_again_until_it_ends() {
        let rounds = Arc::new(Mutex::new(0));
        let counted = Arc::clone(&rounds);
        let worker = Worker::start("test", move || {
            supervised(|| {
                let round = {
                    let mut rounds = counted.lock().unwrap_or_else(PoisonError::into_inner);
                    *rounds += 1;
                    *rounds
                };
                assert!(round > 2, "round {round} fails");
            });
        });
        assert!(worker.is_ok_and(|it| it.wait(Instant::now() + Duration::from_secs(20))));
        assert_eq!(*rounds.lock().unwrap_or_else(PoisonError::into_inner), 3);
    }
}
