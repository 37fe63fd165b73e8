//! The drain thread: a pass every so often, and whenever somebody waits for one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use agentops_spool::clock::Calibration;
use agentops_spool::{mask, pool};

use crate::export::recorder;
use crate::export::syncer::Syncer;
use crate::export::syncs::Syncs;

/// Time between two passes while spans are made.
const INTERVAL: Duration = Duration::from_millis(50);
/// Time between two passes once nothing was recorded for a while.
const IDLE_INTERVAL: Duration = Duration::from_millis(100);
/// Time between two passes when each batch is to be on the disk soon.
const SYNC_INTERVAL: Duration = Duration::from_millis(10);

/// How long a flush waits for what dead processes left: less than it waits in all.
const ADOPTION: Duration = Duration::from_secs(4);

/// What the drain thread is asked for, and what it has done.
#[derive(Debug, Default)]
pub(crate) struct Drain {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Flushes asked for.
    asked: u64,
    /// Flushes done.
    done: u64,
    /// There is no thread: whoever flushes reads what there is.
    is_absent: bool,
    stop: bool,
}

impl Drain {
    /// Makes passes until [`Drain::stop`]; `first` runs once before them and has all synced that
    /// it wrote, `after_each` runs after each.
    pub(crate) fn run(
        self: &Arc<Self>,
        sync_each: bool,
        first: impl FnOnce(&mut dyn FnMut()),
        after_each: impl Fn(),
        syncer: &Syncer,
    ) {
        // What it needs is made here and not by the first call that fails.
        mask::prepare();
        let mut syncs = Syncs::new(sync_each, Instant::now());
        let begun = Instant::now();
        // What a dead process left must not end what this one has to do.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            first(&mut || {
                syncs.begin(Instant::now());
                recorder::with(recorder::Recorder::pass);
                let asked = syncer.ask();
                // The disk takes its time: the program's own spans do not wait for it.
                while !syncer.has_done(asked) {
                    pool::wait_for_wake(INTERVAL);
                    match begun.elapsed() < ADOPTION {
                        true => drop(recorder::with(recorder::Recorder::pass)),
                        // Nor do flushes wait for a disk that hangs.
                        false => drop(self.serve(|_| after_each())),
                    }
                }
            });
        }));
        let (shortest, longest) = match sync_each {
            true => (SYNC_INTERVAL, SYNC_INTERVAL),
            false => (INTERVAL, IDLE_INTERVAL),
        };
        let mut interval = shortest;
        let mut calibration = Calibration::begin();
        let mut is_over = false;
        while !is_over {
            pool::wait_for_wake(syncs.pause(interval, Instant::now()));
            let begun = Instant::now();
            calibration.step();
            is_over = self.serve(|has_read| {
                interval = match has_read {
                    true => shortest,
                    false => (interval * 2).min(longest),
                };
                after_each();
                if syncs.take_due(begun, Instant::now()) {
                    syncer.ask();
                }
            });
        }
    }

    /// Makes a pass, or as many as are needed where somebody waits, and does what comes after it,
    /// which is told whether anything was read; whether [`Drain::stop`] was called before.
    fn serve(&self, after: impl FnOnce(bool)) -> bool {
        let (asked, stop, waited_for) = {
            let state = self.state();
            (state.asked, state.stop, state.asked > state.done)
        };
        // A defect of ours in one pass must not end all that come after it.
        let passed = catch_unwind(AssertUnwindSafe(|| {
            let has_read = recorder::with(|recorder| match waited_for {
                true => recorder.settle(),
                false => recorder.pass(),
            });
            after(has_read);
        }));
        let mut state = self.state();
        if passed.is_ok() {
            state.done = asked;
        }
        drop(state);
        self.changed.notify_all();
        stop
    }

    /// Waits until everything written before the call was read; `false` if the deadline passed first.
    pub(crate) fn flush(&self, deadline: Instant) -> bool {
        let mut state = self.state();
        if state.is_absent {
            drop(state);
            let settle = || recorder::with(recorder::Recorder::settle);
            return catch_unwind(AssertUnwindSafe(settle)).is_ok();
        }
        state.asked += 1;
        let asked = state.asked;
        pool::wake();
        let left = deadline.saturating_duration_since(Instant::now());
        let (state, _) = self
            .changed
            .wait_timeout_while(state, left, |state| state.done < asked)
            .unwrap_or_else(PoisonError::into_inner);
        state.done >= asked
    }

    /// Notes that the thread could not be started.
    pub(crate) fn do_without(&self) {
        self.state().is_absent = true;
    }

    /// Whether there is a thread.
    pub(crate) fn has_thread(&self) -> bool {
        !self.state().is_absent
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the thread to end.
    pub(crate) fn stop(&self) {
        self.state().stop = true;
        pool::wake();
    }
}
