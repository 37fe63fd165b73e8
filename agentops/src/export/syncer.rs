//! Brings to the disk what passes have written, on a thread of its own.
//!
//! A slow or busy disk takes as long as it likes for that. Passes go on meanwhile, else memory for
//! records would fill up and the program would be made to wait. Where there is no such thread, the
//! one that asks does it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use agentops_spool::pool;
use agentops_spool::queue::Queue;
use agentops_spool::segment::unsynced::Unsynced;

use crate::export::recorder;

/// What is to be synced, and how far that is.
#[derive(Debug)]
pub(crate) struct Syncer {
    queues: Vec<Arc<Queue>>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Syncs asked for.
    asked: u64,
    /// How many of them are done.
    done: u64,
    /// Files of the journal, as they were when a sync was asked for last.
    journal: Vec<Unsynced>,
    /// There is a thread: whoever asks goes on.
    has_thread: bool,
    stop: bool,
}

impl Syncer {
    /// Syncs these queues, and the journal.
    pub(crate) fn new(queues: Vec<Arc<Queue>>) -> Self {
        Self {
            queues,
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Says that a thread runs [`Syncer::run`], or will in a moment.
    pub(crate) fn do_on_thread(&self) {
        self.state().has_thread = true;
    }

    /// Syncs whenever asked to, the next time at once where that was asked meanwhile, until
    /// [`Syncer::stop`].
    pub(crate) fn run(&self) {
        loop {
            let state = self.state();
            let is_idle = |state: &mut State| state.asked == state.done && !state.stop;
            let woken = self.changed.wait_while(state, is_idle);
            let mut state = woken.unwrap_or_else(PoisonError::into_inner);
            // All that was written before is covered, whoever asked how often.
            let (asked, stop) = (state.asked, state.stop);
            let journal = std::mem::take(&mut state.journal);
            drop(state);
            self.sync(&journal);
            self.state().done = asked;
            // Somebody may wait for it there.
            pool::wake();
            if stop {
                return;
            }
        }
    }

    /// Has all synced that was written until now; the number by which to ask whether that is done.
    pub(crate) fn ask(&self) -> u64 {
        let journal = recorder::with(recorder::Recorder::unsynced);
        let mut state = self.state();
        state.asked += 1;
        let asked = state.asked;
        if state.has_thread {
            state.journal = journal;
            drop(state);
            self.changed.notify_all();
            return asked;
        }
        drop(state);
        self.sync(&journal);
        self.state().done = asked;
        asked
    }

    /// Whether what was asked for is done.
    pub(crate) fn has_done(&self, asked: u64) -> bool {
        self.state().done >= asked
    }

    /// Has all synced a last time, after which the thread ends.
    pub(crate) fn stop(&self) {
        self.ask();
        self.state().stop = true;
        self.changed.notify_all();
    }

    /// Spans first: the journal says of some that they have ended, and are elsewhere.
    fn sync(&self, journal: &[Unsynced]) {
        for queue in &self.queues {
            queue.sync();
        }
        for file in journal {
            // The journal looks for those that failed.
            let _ = file.sync();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
