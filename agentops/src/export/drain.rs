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
        // What a dead process left must not end what this one has to do.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            first(&mut || {
                let begun = Instant::now();
                recorder::with(recorder::Recorder::pass);
                syncs.begin(begun);
                let asked = syncer.ask();
                // The disk takes its time: the program's own spans do not wait for it.
                while !syncer.has_done(asked) {
                    pool::wait_for_wake(INTERVAL);
                    recorder::with(recorder::Recorder::pass);
                }
            });
        }));
        let (shortest, longest) = match sync_each {
            true => (SYNC_INTERVAL, SYNC_INTERVAL),
            false => (INTERVAL, IDLE_INTERVAL),
        };
        let mut interval = shortest;
        let mut calibration = Calibration::begin();
        loop {
            pool::wait_for_wake(syncs.pause(interval, Instant::now()));
            let begun = Instant::now();
            let (asked, stop, waited_for) = {
                let state = self.state();
                (state.asked, state.stop, state.asked > state.done)
            };
            // A defect of ours in one pass must not end all that come after it.
            calibration.step();
            let passed = catch_unwind(AssertUnwindSafe(|| {
                recorder::with(|recorder| {
                    let has_read = match waited_for {
                        true => recorder.settle(),
                        false => recorder.pass(),
                    };
                    interval = match has_read {
                        true => shortest,
                        false => (interval * 2).min(longest),
                    };
                });
                after_each();
                if syncs.take_due(begun, Instant::now()) {
                    syncer.ask();
                }
            }));
            let mut state = self.state();
            if passed.is_ok() {
                state.done = asked;
            }
            drop(state);
            self.changed.notify_all();
            if stop {
                return;
            }
        }
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
