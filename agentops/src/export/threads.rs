//! Start the threads of this crate; nowhere else is one started.

use std::io;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::Builder;
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

/// Tells of the thread's end, also when it panics.
struct Done(Arc<(Mutex<bool>, Condvar)>);

impl Drop for Done {
    fn drop(&mut self) {
        let (done, condvar) = &*self.0;
        *done.lock().unwrap_or_else(PoisonError::into_inner) = true;
        condvar.notify_all();
    }
}
