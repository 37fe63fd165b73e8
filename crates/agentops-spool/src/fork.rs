//! Notice that this process is a forked child.
//!
//! Trap, inherited locks: a child shares the parent's locks and its mapped chunks, and has none
//! of its threads.
//! Before anything else runs in it, the switch is turned off, so that it never
//! writes into memory that the parent's drain thread reads.
#![allow(
    unsafe_code,
    reason = "`pthread_atfork` has no safe interface; this file is one of the four that may"
)]

use std::sync::atomic::{AtomicU8, Ordering};

/// What is recording. Read on every call of an annotated function.
static SWITCH: AtomicU8 = AtomicU8::new(0);

/// Bit of [`switch`]: the program called `init`.
pub const INITIALIZED: u8 = 1;
/// Bit of [`switch`]: at least one capture of a test is running.
pub const CAPTURING: u8 = 2;
/// Bit of [`switch`]: this is a forked child of an initialized process.
pub const CHILD: u8 = 4;
/// Bit of [`switch`]: arguments and results are recorded.
pub const CONTENT: u8 = 8;

/// The switch: 0 when nothing records.
#[inline]
pub fn switch() -> u8 {
    SWITCH.load(Ordering::Relaxed)
}

/// Turns bits of the switch on.
pub fn turn_on(bits: u8) {
    #[cfg(all(unix, not(miri)))]
    notice_children();
    SWITCH.fetch_or(bits, Ordering::SeqCst);
}

/// Turns bits of the switch off.
pub fn turn_off(bits: u8) {
    SWITCH.fetch_and(!bits, Ordering::SeqCst);
}

/// Whether this is a forked child, in which nothing may be written.
#[inline]
pub fn is_child() -> bool {
    switch() & CHILD != 0
}

/// Where there is no `fork`, there are no children that share anything.
#[cfg(all(unix, not(miri)))]
fn notice_children() {
    static HANDLER: std::sync::Once = std::sync::Once::new();
    HANDLER.call_once(|| {
        // SAFETY: the handler only stores to an atomic, which is safe in the
        // child of a process with any number of threads.
        unsafe {
            libc::pthread_atfork(None, None, Some(in_child));
        }
    });
}

#[cfg(all(unix, not(miri)))]
extern "C" fn in_child() {
    if SWITCH.load(Ordering::Relaxed) != 0 {
        SWITCH.store(CHILD, Ordering::SeqCst);
    }
}
