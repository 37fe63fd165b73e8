//! The time that one thread has had of a processor.

use rustix::time::{ClockId, clock_gettime};

/// Nanoseconds that this thread has run, which other load on the machine does not count into.
pub(crate) fn thread_nanos() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let nanos = time.tv_sec * 1_000_000_000 + time.tv_nsec;
    u64::try_from(nanos).expect("a clock that begins with its thread")
}
