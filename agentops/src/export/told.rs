//! Lines about trouble: to the program's log if it has one, else to stderr.

use std::panic::catch_unwind;
use std::sync::{Mutex, PoisonError};

use agentops_spool::fork::PerProcess;
use log::{Level, log, log_enabled};

use crate::export::stderr;

/// Target of all log records.
const TARGET: &str = "agentops";

/// Lines for the log. Where trouble is noticed, locks are held, and the program's log may do
/// anything: it may even record spans of its own, or ask what became of them.
static WAITING: PerProcess<Mutex<Vec<String>>> = PerProcess::new(Mutex::default);

fn waiting() -> Vec<String> {
    std::mem::take(&mut *WAITING.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Tells the person who runs the program, soon.
pub(crate) fn tell(text: &str) {
    // A program with `tracing` has a log too, unless it chose otherwise.
    if log_enabled!(target: TARGET, Level::Warn) {
        let mut waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push(text.to_owned());
    } else {
        stderr::line(text);
    }
}

/// Hands the program's log what waits for it; to be called without a lock.
pub(crate) fn hand_on() {
    for text in waiting() {
        // A log that panics is the program's business, and this thread is not.
        if catch_unwind(|| log!(target: TARGET, Level::Warn, "{text}")).is_err() {
            stderr::line(&text);
        }
    }
}
