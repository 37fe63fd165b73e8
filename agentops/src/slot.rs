//! Where others leave what they record on a span of ours while it is open.
//!
//! A slot is used again by later spans; it and whoever refers to it carry a
//! generation, so that who comes late can never write onto another span.
//! Motivation: an `Arc` per span would say the same, at the price of an
//! allocation and two contended counters.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use agentops_spool::fork;

use crate::updates::Updates;

/// A place for updates of one span at a time.
#[derive(Debug)]
pub(crate) struct Slot {
    /// Twice the generation, and 1 if `updates` holds something of this generation.
    state: AtomicU64,
    updates: Mutex<Updates>,
    /// The process that made it.
    process: u32,
}

/// The right to use a slot for one span.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SlotRef {
    slot: &'static Slot,
    generation: u64,
}

/// Bit of the state: there are updates.
const DIRTY: u64 = 1;

impl Slot {
    fn new() -> Self {
        Self {
            state: AtomicU64::default(),
            updates: Mutex::default(),
            process: fork::process(),
        }
    }

    /// Whether it is the parent's, whose threads may have been holding its lock at the fork.
    fn is_inherited(&self) -> bool {
        self.process != fork::process()
    }

    fn lock(&self) -> MutexGuard<'_, Updates> {
        self.updates.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SlotRef {
    /// Takes a slot.
    #[inline]
    pub(crate) fn take() -> Self {
        let slot = free::take();
        let generation = slot.state.load(Ordering::Acquire) / 2;
        Self { slot, generation }
    }

    /// Ends the use of the slot and gives what was recorded.
    ///
    /// An update that happened before this call is seen, since it has marked the slot as dirty.
    /// One at the same time may be lost with its span, which no exchange has to prevent; it is
    /// never mistaken for the next one's, since what it leaves carries its generation.
    // In a box, since most spans have nothing of it, and the room for it would be copied all the same.
    #[inline]
    pub(crate) fn finish(self) -> Option<Box<Updates>> {
        let next = (self.generation + 1) * 2;
        let before = self.slot.state.load(Ordering::Acquire);
        self.slot.state.store(next, Ordering::Release);
        let updates = match before & DIRTY {
            0 => None,
            _ => self.gather(),
        };
        free::give(self.slot);
        updates
    }

    #[cold]
    fn gather(self) -> Option<Box<Updates>> {
        let mut updates = self.slot.lock();
        let is_own = updates.generation == self.generation;
        is_own.then(|| Box::new(std::mem::take(&mut *updates)))
    }

    fn is_current(self) -> bool {
        self.slot.state.load(Ordering::Acquire) / 2 == self.generation
    }

    /// Runs `update` unless the span has ended.
    pub(crate) fn update(self, update: impl FnOnce(&mut Updates)) {
        if self.slot.is_inherited() {
            return;
        }
        let mut updates = self.slot.lock();
        if !self.is_current() {
            return;
        }
        if updates.generation != self.generation {
            *updates = Updates {
                generation: self.generation,
                ..Updates::default()
            };
        }
        if updates.ended.is_none() {
            update(&mut updates);
            let clean = self.generation * 2;
            // Fails where it is dirty already, and where the span has ended meanwhile.
            let _ = self.slot.state.compare_exchange(
                clean,
                clean | DIRTY,
                Ordering::AcqRel,
                Ordering::Relaxed,
            );
        }
    }

    pub(crate) fn is_open(self) -> bool {
        if self.slot.is_inherited() {
            return false;
        }
        let updates = self.slot.lock();
        let ended = updates.generation == self.generation && updates.ended.is_some();
        self.is_current() && !ended
    }
}

/// Slots that no span uses: some with each thread, the rest shared.
mod free {
    use std::cell::RefCell;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    use agentops_spool::fork::{self, PerProcess};

    use super::Slot;

    /// Most slots that a thread keeps.
    const KEPT: usize = 64;
    /// Slots that pass between a thread and the others at once.
    const BATCH: usize = 16;

    static SHARED: PerProcess<Mutex<Vec<&'static Slot>>> = PerProcess::new(Mutex::default);

    fn lock() -> MutexGuard<'static, Vec<&'static Slot>> {
        SHARED.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The slots of one thread; the others get them when it ends.
    struct Own(RefCell<Vec<&'static Slot>>);

    impl Drop for Own {
        fn drop(&mut self) {
            share(self.0.get_mut(), 0);
        }
    }

    thread_local! {
        static OWN: Own = const { Own(RefCell::new(Vec::new())) };
    }

    /// A slot that nobody uses.
    #[inline]
    pub(super) fn take() -> &'static Slot {
        let own = OWN.try_with(|own| {
            let mut own = own.0.borrow_mut();
            own.pop().unwrap_or_else(|| refill(&mut own))
        });
        // The thread is ending.
        own.unwrap_or_else(|_| take_shared())
    }

    /// Has this thread of a forked child leave the slots alone that are its parent's.
    fn forget() {
        let _ = OWN.try_with(|own| {
            if let Ok(mut own) = own.0.try_borrow_mut() {
                #[expect(clippy::mem_forget, reason = "frees nothing in a handler of `fork`")]
                std::mem::forget(std::mem::take(&mut *own));
            }
        });
    }

    /// Takes a slot back.
    #[inline]
    pub(super) fn give(slot: &'static Slot) {
        let given = OWN.try_with(|own| {
            let mut own = own.0.borrow_mut();
            own.push(slot);
            // Spans may end on other threads than they begin on.
            if own.len() > KEPT {
                share(&mut own, KEPT - BATCH);
            }
        });
        if given.is_err() {
            share(&mut vec![slot], 0);
        }
    }

    #[cold]
    fn refill(own: &mut Vec<&'static Slot>) -> &'static Slot {
        own.reserve(KEPT + 1);
        let mut shared = lock();
        let left = shared.len().saturating_sub(BATCH);
        own.extend(shared.drain(left..));
        drop(shared);
        own.pop().unwrap_or_else(new)
    }

    #[cold]
    fn take_shared() -> &'static Slot {
        let slot = lock().pop();
        slot.unwrap_or_else(new)
    }

    fn new() -> &'static Slot {
        fork::forget_in_children(fork::Own::Slots, forget);
        Box::leak(Box::new(Slot::new()))
    }

    /// Hands all but `kept` slots to the others.
    #[cold]
    fn share(own: &mut Vec<&'static Slot>, kept: usize) {
        lock().extend(own.drain(kept..));
    }
}
