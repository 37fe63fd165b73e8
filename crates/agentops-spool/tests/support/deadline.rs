//! Work that must not take long, however slow the machine.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Many times what work takes that is in proportion to its input, and few of what takes the square.
const DEADLINE: Duration = Duration::from_secs(30);

/// Does the work on a thread of its own and waits for its end.
///
/// # Panics
/// When the work does, or when it takes too long.
#[track_caller]
pub(crate) fn in_time(work: impl FnOnce() + Send + 'static) {
    let (sender, done) = channel::<()>();
    let worker = thread::Builder::new().spawn(move || {
        work();
        drop(sender);
    });
    let ended = done.recv_timeout(DEADLINE);
    assert_eq!(ended, Err(RecvTimeoutError::Disconnected), "takes too long");
    worker.unwrap().join().unwrap();
}
