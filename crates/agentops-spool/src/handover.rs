//! Hand the bytes of a chunk from the thread that writes them to the reader.
//!
//! ```text
//!        activate          commit, commit, ..   seal            release
//!  free ----------> active -------------------------> sealed -----------> free
//!        writer            writer               writer          reader, once all is consumed
//! ```
//!
//! The header at the front of a chunk is all that both sides share. Everything
//! here is safe; `arena`, which turns offsets into slices, relies on four things:
//! what lies below `committed` was written before the reader could see the offset,
//! a sealed chunk has told its last offset, a chunk is free only after the reader
//! has consumed all of it, and whoever activates it comes after that. The model in
//! `tests/loom` checks them in every order of events.
//!
//! Nothing here serves two processes at once: another one reads the header only
//! when this one is gone.

use std::mem::offset_of;
use std::ops::Range;

use crate::sync::{AtomicU32, AtomicU64, Ordering};

/// First bytes of a chunk.
pub const CHUNK_MAGIC: u32 = 0x6b6e_6863;
/// Bytes of a chunk's header, and the first offset in it.
pub const CHUNK_HEADER: usize = 64;

/// State of a chunk: nobody's.
pub const FREE: u32 = 0;
/// State of a chunk: a thread writes to it.
pub const ACTIVE: u32 = 1;
/// State of a chunk: complete.
pub const SEALED: u32 = 2;

/// Where the offsets stand in a chunk that nothing was written to.
const START: u64 = CHUNK_HEADER as u64;

/// The front of a chunk, in the layout of the file.
///
/// Zeros, which is what fresh memory holds, are a free chunk. `arena` checks the size.
#[repr(C)]
#[derive(Debug, Default)]
pub struct ChunkHeader {
    /// [`CHUNK_MAGIC`], from the first use on.
    magic: AtomicU32,
    /// [`FREE`], [`ACTIVE`] or [`SEALED`].
    state: AtomicU32,
    /// Units in a row that the chunk takes.
    units: AtomicU32,
    _pad: u32,
    /// Offset up to which the bytes are the reader's. Only the writer moves it.
    committed: AtomicU64,
    /// Offset up to which the reader is done. Only the reader moves it.
    consumed: AtomicU64,
    _reserved: [u64; 4],
}

/// Offsets in the header, for whoever reads it from a file.
pub(crate) mod chunk_at {
    use super::{ChunkHeader, offset_of};

    pub(crate) const MAGIC: usize = offset_of!(ChunkHeader, magic);
    pub(crate) const STATE: usize = offset_of!(ChunkHeader, state);
    pub(crate) const UNITS: usize = offset_of!(ChunkHeader, units);
    pub(crate) const COMMITTED: usize = offset_of!(ChunkHeader, committed);
    pub(crate) const CONSUMED: usize = offset_of!(ChunkHeader, consumed);
}

/// For the writer: one thread at a time.
impl ChunkHeader {
    /// Makes a free chunk of `units` units the caller's; `false` if it is still somebody's.
    ///
    /// Two callers must not ask for one chunk at the same time.
    pub fn activate(&self, units: u32) -> bool {
        // Acquire pairs with the Release of `release`: whatever the last reader
        // did with the bytes is over before this caller writes the first one.
        if self.state.load(Ordering::Acquire) != FREE {
            return false;
        }
        self.magic.store(CHUNK_MAGIC, Ordering::Relaxed);
        self.units.store(units, Ordering::Relaxed);
        self.committed.store(START, Ordering::Relaxed);
        self.consumed.store(START, Ordering::Relaxed);
        // Last, which Release sees to: after a kill between any two of these lines,
        // an adopter finds a free chunk. The reader learns of it through the pool.
        self.state.store(ACTIVE, Ordering::Release);
        true
    }

    /// Makes the bytes below `end` the reader's.
    #[inline]
    pub fn commit(&self, end: u64) {
        // Release pairs with the Acquire of `unread`: the bytes come before the
        // offset. Nobody else stores here, so nothing has to be compared.
        self.committed.store(end, Ordering::Release);
    }

    /// Says that nothing more will be committed.
    pub fn seal(&self) {
        // Release pairs with the Acquire of `is_sealed`: the last commit comes
        // before this.
        self.state.store(SEALED, Ordering::Release);
    }
}

/// For the reader: one thread at a time.
impl ChunkHeader {
    /// Whether the writer is done. Ask before [`ChunkHeader::unread`]: what that gives is then all.
    pub fn is_sealed(&self) -> bool {
        // Acquire pairs with the Release of `seal`: a later look at `committed`
        // cannot give less than the last offset.
        self.state.load(Ordering::Acquire) == SEALED
    }

    /// Offsets between which the bytes are committed and not consumed.
    #[inline]
    pub fn unread(&self) -> Range<u64> {
        // Relaxed: the reader moves it itself.
        let from = self.consumed.load(Ordering::Relaxed);
        // Acquire pairs with the Release of `commit`: bytes below the offset are there.
        from..self.committed.load(Ordering::Acquire)
    }

    /// Notes that `len` more bytes were dealt with for good.
    pub fn consume(&self, len: u64) {
        let Range { start, end } = self.unread();
        let consumed = start.saturating_add(len).min(end);
        // Release pairs with the Acquire of `is_spent`: the reader has let go of
        // these bytes. A load and a store do, because nobody else stores here.
        self.consumed.store(consumed, Ordering::Release);
    }

    /// Whether the writer is done and the reader has consumed all of it.
    pub fn is_spent(&self) -> bool {
        // In this order: once it is seen sealed, `committed` is its last value, and a
        // `consumed` that equals it is final. Acquire pairs with the Release of
        // `consume`: whoever releases the chunk knows the reader to be done.
        self.is_sealed()
            && self.committed.load(Ordering::Relaxed) == self.consumed.load(Ordering::Acquire)
    }

    /// Makes a spent chunk free; `false`, and nothing, if it is not spent.
    ///
    /// Whoever calls this may not look at the bytes again.
    pub fn release(&self) -> bool {
        if !self.is_spent() {
            return false;
        }
        // Release pairs with the Acquire of `activate`: all that the reader did
        // with the bytes, known by `is_spent`, comes before the next writer.
        self.state.store(FREE, Ordering::Release);
        true
    }

    /// Makes a place in a spent chunk, where a unit begins, the header of a free one.
    ///
    /// To be called before the chunk itself is released, which publishes it: until
    /// then a look at the chunk's own header leads past this place.
    pub fn clear(&self) {
        // Release, as in `release`, for whoever takes this unit alone.
        self.state.store(FREE, Ordering::Release);
    }
}
