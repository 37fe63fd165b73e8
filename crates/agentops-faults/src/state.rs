//! What a proxy and the threads of its connections share.

use std::net::{Shutdown, TcpStream};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::fault::Fault;

/// The state behind its lock.
#[derive(Debug)]
pub(crate) struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

/// What is to be done, and what there is.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) fault: Fault,
    /// Grows when the fault changes; connections of an older one end.
    pub(crate) era: u64,
    pub(crate) stopped: bool,
    /// Whether connections are refused or taken, as the fault says.
    pub(crate) listening: bool,
    /// Connections that clients have made so far.
    pub(crate) accepted: usize,
    /// Both ends of those that are open, to end them.
    pub(crate) open: Vec<TcpStream>,
}

impl Shared {
    pub(crate) fn new() -> Self {
        Self {
            state: Mutex::new(State {
                fault: Fault::Pass,
                era: 0,
                stopped: false,
                listening: true,
                accepted: 0,
                open: Vec::new(),
            }),
            changed: Condvar::new(),
        }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and wakes who waits for that.
    pub(crate) fn update<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let changed = change(&mut self.lock());
        self.changed.notify_all();
        changed
    }

    /// Waits until the state is as wanted.
    pub(crate) fn wait_until(&self, wanted: impl Fn(&State) -> bool) {
        let state = self.lock();
        drop(self.changed.wait_while(state, |state| !wanted(state)));
    }

    /// Waits for `pause`; `false` if the fault changed before that.
    pub(crate) fn pause(&self, era: u64, pause: Duration) -> bool {
        let until = Instant::now() + pause;
        let state = self.lock();
        let left = until.saturating_duration_since(Instant::now());
        let waited = self
            .changed
            .wait_timeout_while(state, left, |state| state.era == era);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.era == era
    }
}

impl State {
    /// Ends all connections.
    pub(crate) fn cut(&mut self) {
        self.era += 1;
        for connection in self.open.drain(..) {
            // Fails where the other side has ended it already.
            let _ = connection.shutdown(Shutdown::Both);
        }
    }
}
