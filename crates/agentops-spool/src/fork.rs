//! Notice that this process is a forked child, and have it begin anew.
//!
//! Trap, inherited locks: a child shares the parent's locks and its mapped chunks, and has none
//! of its threads. A lock of the parent's may be held for ever by a thread that there is not.
//! So nothing is taken over but what is read without a lock ([`Published`]); whatever has a lock
//! is each process's own ([`PerProcess`]). The handler of `fork` only stores to atomics and to its
//! own thread; the first record that the child writes has everything else made (`begin_anew`).
#![allow(
    unsafe_code,
    reason = "`pthread_atfork` has no safe interface, nor have values that outlive all locks; \
              this file is one of the four that may"
)]

use std::cell::Cell;
use std::fmt;
use std::ops::Deref;
use std::panic::catch_unwind;
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicU8, AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

#[cfg(all(unix, not(miri)))]
use crate::clock;

/// What is recording. Read on every call of an annotated function.
static SWITCH: AtomicU8 = AtomicU8::new(0);
/// How many forks led here from the process that was started.
static PROCESS: AtomicU32 = AtomicU32::new(0);
/// The tick at which this process was forked; 0 where it was not.
static FORKED_AT: AtomicU64 = AtomicU64::new(0);
/// The same on the wall clock, in Unix nanoseconds.
static FORKED_AT_UNIX: AtomicU64 = AtomicU64::new(0);
/// Have the thread that forked forget what must not be used twice.
static FORGET: [Published<fn()>; 3] = [const { Published::empty() }; 3];
/// Makes what a child needs to record.
static BEGIN: Published<fn() -> bool> = Published::empty();

/// Bit of [`switch`]: the program called `init`.
pub const INITIALIZED: u8 = 1;
/// Bit of [`switch`]: at least one capture of a test is running.
pub const CAPTURING: u8 = 2;
/// Bit of [`switch`]: this is a forked child of an initialized process that has not begun anew.
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
    notice_children();
    SWITCH.fetch_or(bits, Ordering::SeqCst);
}

/// Turns bits of the switch off.
pub fn turn_off(bits: u8) {
    SWITCH.fetch_and(!bits, Ordering::SeqCst);
}

/// Whether this is a forked child in which nothing can be written yet.
#[inline]
pub fn is_child() -> bool {
    switch() & CHILD != 0
}

/// A number that a process and its forked children do not share.
#[inline]
pub fn process() -> u32 {
    PROCESS.load(Ordering::Relaxed)
}

/// Whether what began at `tick` is the parent's, because this process was forked later.
#[inline]
pub fn is_inherited(tick: u64) -> bool {
    tick < FORKED_AT.load(Ordering::Relaxed)
}

/// The same of what began at this moment of the wall clock, in Unix nanoseconds.
pub fn is_inherited_unix(unix_nanos: u64) -> bool {
    unix_nanos < FORKED_AT_UNIX.load(Ordering::Relaxed)
}

/// What a thread has of its own that must not be used by its copy in a child.
#[derive(Clone, Copy, Debug)]
pub enum Own {
    /// A generator of ids.
    Ids,
    /// Places for what is recorded on open spans.
    Slots,
    /// A chunk, which may be shared with the parent, who goes on writing to it.
    Chunks,
}

/// Has the thread that forks run `forget` in the child, before anything else.
///
/// It may use what is its thread's own, and must not take a lock.
pub fn forget_in_children(own: Own, forget: fn()) {
    let place = &FORGET[own as usize];
    if place.get().is_none() {
        place.set(Some(forget));
        notice_children();
    }
}

/// Has `begin` make what a child needs to record.
///
/// It turns [`CHILD`] off once records can be written, and says whether they can.
pub fn begin_in_children(begin: fn() -> bool) {
    if BEGIN.get().is_none() {
        BEGIN.set(Some(begin));
    }
}

/// Has a forked child begin anew, unless that was tried before; whether it records now.
#[cold]
pub(crate) fn begin_anew() -> bool {
    static BEGINNING: PerProcess<Mutex<()>> = PerProcess::new(Mutex::default);
    thread_local! {
        static IS_BEGINNING: Cell<bool> = const { Cell::new(false) };
    }
    let set = |is_beginning| IS_BEGINNING.try_with(|it| it.replace(is_beginning));
    // What runs meanwhile on this thread, the program's log for one, may record as well.
    if set(true).unwrap_or(true) {
        return false;
    }
    let beginning = BEGINNING.lock().unwrap_or_else(PoisonError::into_inner);
    // Another thread may have been first.
    let begins = is_child() && switch() & INITIALIZED != 0;
    if begins
        && !BEGIN
            .get()
            .is_some_and(|begin| catch_unwind(begin).unwrap_or(false))
    {
        turn_off(INITIALIZED | CONTENT);
    }
    drop(beginning);
    let _ = set(false);
    !is_child()
}

/// A value that can be replaced and is read without a lock. What was replaced stays in memory, so
/// this is for what changes a few times in a process at most.
pub struct Published<T: 'static>(AtomicPtr<T>);

impl<T: Send + Sync> Published<T> {
    /// Nothing yet.
    #[must_use]
    pub const fn empty() -> Self {
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// The value, if there is one.
    #[inline]
    pub fn get(&self) -> Option<&'static T> {
        // SAFETY: the pointer is null or comes from a box that is never freed, whose value is
        // only read; `set` released it after it was written.
        unsafe { self.0.load(Ordering::Acquire).as_ref() }
    }

    /// Replaces the value.
    pub fn set(&self, value: Option<T>) {
        let value = value.map_or(ptr::null_mut(), |value| Box::into_raw(Box::new(value)));
        self.0.store(value, Ordering::Release);
    }
}

impl<T> fmt::Debug for Published<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Published").finish_non_exhaustive()
    }
}

/// A value that each process makes for itself, so that a forked child never waits for a thread
/// of its parent. For statics: the parent's stays in the child's memory.
pub struct PerProcess<T: 'static> {
    fresh: fn() -> T,
    own: AtomicPtr<Held<T>>,
}

struct Held<T> {
    process: u32,
    value: T,
}

impl<T: Send + Sync> PerProcess<T> {
    /// A value that `fresh` makes when it is first used.
    pub const fn new(fresh: fn() -> T) -> Self {
        Self {
            fresh,
            own: AtomicPtr::new(ptr::null_mut()),
        }
    }

    /// Makes the value of this process, in place of that of its parent or of none.
    #[cold]
    fn make(&self, before: *mut Held<T>) -> &T {
        let own = Box::into_raw(Box::new(Held {
            process: process(),
            value: (self.fresh)(),
        }));
        let (set, read) = (Ordering::AcqRel, Ordering::Acquire);
        // No lock is taken, because a fork might find it taken.
        match self.own.compare_exchange(before, own, set, read) {
            // SAFETY: from now on it is never freed, and only borrowed.
            Ok(_) => unsafe { &(*own).value },
            Err(other) => {
                // SAFETY: nobody else has seen this box, which came from `into_raw`.
                drop(unsafe { Box::from_raw(own) });
                // SAFETY: another thread of this process has put it there, so it is not null,
                // and never freed.
                unsafe { &(*other).value }
            }
        }
    }
}

impl<T: Send + Sync> Deref for PerProcess<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        let own = self.own.load(Ordering::Acquire);
        // SAFETY: the pointer is null or comes from a box that is never freed; `make` released
        // it after it was written.
        match unsafe { own.as_ref() } {
            Some(found) if found.process == process() => &found.value,
            _ => self.make(own),
        }
    }
}

impl<T> fmt::Debug for PerProcess<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PerProcess").finish_non_exhaustive()
    }
}

/// Where there is no `fork`, there are no children that share anything.
#[cfg(not(all(unix, not(miri))))]
fn notice_children() {}

#[cfg(all(unix, not(miri)))]
fn notice_children() {
    static IS_NOTICED: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);
    if !IS_NOTICED.swap(true, Ordering::SeqCst) {
        // What the handler reads is made here, so that it waits for no one.
        let _ = clock::now();
        // SAFETY: the handler only stores to atomics and to what is its thread's own, which is
        // safe in the child of a process with any number of threads.
        unsafe {
            libc::pthread_atfork(None, None, Some(in_child));
        }
    }
}

#[cfg(all(unix, not(miri)))]
extern "C" fn in_child() {
    PROCESS.fetch_add(1, Ordering::SeqCst);
    FORKED_AT.store(clock::now(), Ordering::SeqCst);
    FORKED_AT_UNIX.store(clock::unix_nanos(), Ordering::SeqCst);
    let kept = match switch() & INITIALIZED {
        0 => 0,
        _ => CHILD | switch() & (INITIALIZED | CONTENT),
    };
    SWITCH.store(kept, Ordering::SeqCst);
    for forget in FORGET.iter().filter_map(Published::get) {
        forget();
    }
}
