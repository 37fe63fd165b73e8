//! The arena: one shared file per process that threads write records into.
//!
//! ```text
//! | header 4 KiB | definitions | unit | unit | unit | ..        units of 64 KiB
//!                               \_ a chunk is one unit or several in a row
//! ```
//!
//! A chunk has one writer, the thread that took it, and one reader, whoever
//! holds the recorder. The writer fills bytes behind `committed` and publishes
//! them by one Release store; the reader reads between `consumed` and
//! `committed` and never beyond. What is committed survives the process, since
//! the file does. ARCHITECTURE.md has the layout.
#![allow(
    unsafe_code,
    reason = "shared memory has no safe interface; this file is one of the four that may"
)]

use std::io;
use std::path::Path;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use crate::clock::Anchor;
use crate::fork;
use crate::mapping::Mapping;
use crate::record::cursor::Cursor;

/// First bytes of an arena file.
pub const MAGIC: [u8; 8] = *b"AGARENA\0";
/// Version of the layout; a file with a higher one is left alone.
pub const VERSION: u32 = 3;
/// Bytes of a unit.
pub const UNIT: usize = 64 << 10;
/// Where the definitions begin.
pub const TABLE_OFFSET: usize = 4096;
/// Where the units begin.
pub const UNITS_OFFSET: usize = 9 * UNIT;
/// Bytes of a chunk's header.
pub const CHUNK_HEADER: usize = 64;
/// First bytes of a chunk.
pub const CHUNK_MAGIC: u32 = 0x6b6e_6863;
/// Units that the file grows by.
const GROWTH: usize = 16;

/// Offsets in the file's header.
pub(crate) mod at {
    pub(crate) const VERSION: usize = 8;
    pub(crate) const UNIT: usize = 12;
    pub(crate) const ID: usize = 16;
    pub(crate) const BOOT_ID: usize = 32;
    pub(crate) const DESTINATION: usize = 48;
    pub(crate) const FLAGS: usize = 56;
    pub(crate) const TABLE_LEN: usize = 64;
    pub(crate) const UNITS: usize = 72;
    pub(crate) const ANCHOR_TICK: usize = 80;
    pub(crate) const ANCHOR_UNIX: usize = 88;
    pub(crate) const OVERFLOWED: usize = 96;
}

/// Offsets in a chunk's header.
pub(crate) mod chunk_at {
    pub(crate) const MAGIC: usize = 0;
    pub(crate) const STATE: usize = 4;
    pub(crate) const UNITS: usize = 8;
    pub(crate) const COMMITTED: usize = 16;
    pub(crate) const CONSUMED: usize = 24;
}

/// State of a chunk: nobody's.
pub const FREE: u32 = 0;
/// State of a chunk: a thread writes to it.
pub const ACTIVE: u32 = 1;
/// State of a chunk: complete.
pub const SEALED: u32 = 2;

/// Header flag: masking hooks of the program must run on content before it leaves the machine.
pub const CUSTOM_MASKING: u32 = 1;

/// What the header says about the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The instance that writes it.
    pub id: [u8; 16],
    /// The boot it was made in; ticks and shared memory mean nothing after another.
    pub boot_id: [u8; 16],
    /// Where its spans are to go.
    pub destination: u64,
    /// [`CUSTOM_MASKING`].
    pub flags: u32,
}

/// An arena file of this process.
#[derive(Debug)]
pub struct Arena {
    mapping: Mapping,
}

impl Arena {
    /// Creates the file `path` with room for `len` bytes in all.
    ///
    /// # Errors
    /// Any error of the file system, a full one among them.
    pub fn create(path: &Path, len: usize, header: &Header) -> io::Result<Arc<Self>> {
        let len = len.max(UNITS_OFFSET + UNIT) / UNIT * UNIT;
        let mapping = Mapping::create(path, len)?;
        let first = UNITS_OFFSET + GROWTH * UNIT;
        if let Err(error) = mapping.allocate(0, first.min(len)) {
            let _ = std::fs::remove_file(path);
            return Err(error);
        }
        let arena = Self { mapping };
        arena.put(at::UNIT, &unit_u32().to_le_bytes());
        arena.put(at::ID, &header.id);
        arena.put(at::BOOT_ID, &header.boot_id);
        arena.put(at::DESTINATION, &header.destination.to_le_bytes());
        arena.put(at::FLAGS, &header.flags.to_le_bytes());
        arena.put(at::VERSION, &VERSION.to_le_bytes());
        arena.set_anchor(Anchor::take());
        let units = (first.min(len) - UNITS_OFFSET) / UNIT;
        arena.word(at::UNITS).store(units as u64, Ordering::Release);
        // The magic goes last: a file without it was never complete.
        arena.put(0, &MAGIC);
        Ok(Arc::new(arena))
    }

    /// Units that may be touched.
    pub fn units(&self) -> usize {
        usize::try_from(self.word(at::UNITS).load(Ordering::Acquire)).unwrap_or(0)
    }

    /// Allocates more units and returns how many there are now.
    ///
    /// # Errors
    /// When the file system is full; the units there were remain.
    pub fn grow(&self) -> io::Result<usize> {
        let units = self.units();
        let most = (self.mapping.len() - UNITS_OFFSET) / UNIT;
        let more = GROWTH.min(most - units);
        if more > 0 {
            self.mapping
                .allocate(UNITS_OFFSET + units * UNIT, more * UNIT)?;
            // Two may grow it at once: what one allocated must not be taken back by the other.
            let units = (units + more) as u64;
            self.word(at::UNITS).fetch_max(units, Ordering::Release);
        }
        Ok(units + more)
    }

    /// Notes both clocks' reading, for whoever must convert ticks later.
    pub fn set_anchor(&self, anchor: Anchor) {
        self.word(at::ANCHOR_TICK)
            .store(anchor.tick, Ordering::Relaxed);
        self.word(at::ANCHOR_UNIX)
            .store(anchor.unix_nanos, Ordering::Relaxed);
    }

    /// Counts a chunk that had to be taken outside the file, and which a kill would lose.
    pub fn count_overflow(&self) {
        self.word(at::OVERFLOWED).fetch_add(1, Ordering::Relaxed);
    }

    /// Appends a definition; `false` if the table is full.
    ///
    /// The caller serializes calls: the table has one writer at a time.
    pub(crate) fn define(&self, tag: u8, write: impl Fn(&mut Cursor<'_>)) -> bool {
        let used = self.word(at::TABLE_LEN).load(Ordering::Acquire);
        let Ok(used) = usize::try_from(used) else {
            return false;
        };
        let room = UNITS_OFFSET - TABLE_OFFSET - used;
        // SAFETY: the table lies in the mapped and allocated range; bytes behind
        // `used` are read by no one, and the caller is their only writer.
        let free = unsafe {
            let start = self.mapping.base().add(TABLE_OFFSET + used);
            std::slice::from_raw_parts_mut(start.as_ptr(), room)
        };
        let mut out = Cursor::new(free);
        out.u32(0);
        out.bytes(&[tag, 0, 0, 0]);
        write(&mut out);
        let len = crate::record::write::finish(&mut out);
        if !out.fits() {
            return false;
        }
        self.word(at::TABLE_LEN)
            .store((used + len) as u64, Ordering::Release);
        true
    }

    /// The file.
    pub fn path(&self) -> Option<&Path> {
        self.mapping.path()
    }

    fn word(&self, offset: usize) -> &AtomicU64 {
        debug_assert!(offset + 8 <= TABLE_OFFSET);
        // SAFETY: the header is mapped and allocated, `offset` is a multiple of
        // 8 within it, and it is only accessed atomically once it is published.
        unsafe { AtomicU64::from_ptr(self.mapping.base().add(offset).as_ptr().cast()) }
    }

    fn put(&self, offset: usize, bytes: &[u8]) {
        debug_assert!(offset + bytes.len() <= TABLE_OFFSET);
        // SAFETY: within the header; called by `create` only, before anyone
        // else knows of the arena.
        unsafe {
            let to = self.mapping.base().add(offset).as_ptr();
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len());
        }
    }
}

const fn unit_u32() -> u32 {
    // 64 KiB fits.
    #[allow(clippy::cast_possible_truncation, reason = "a constant that fits")]
    let unit = UNIT as u32;
    unit
}

/// Where a chunk's bytes are.
#[derive(Debug)]
enum Memory {
    Shared { arena: Arc<Arena>, unit: usize },
    Private(#[expect(dead_code, reason = "held to keep the range mapped")] Mapping),
}

/// A chunk, as its reader sees it.
#[derive(Debug)]
pub struct Chunk {
    memory: Memory,
    base: NonNull<u8>,
    len: usize,
}

// SAFETY: `base` points into `memory`, which lives as long as the chunk. Bytes
// below `committed` are never written while the chunk is active or sealed, bytes
// above it are touched through the one `ChunkWriter` only.
unsafe impl Send for Chunk {}
// SAFETY: as above.
unsafe impl Sync for Chunk {}

/// The right to write to a chunk; there is one per chunk.
#[derive(Debug)]
pub struct ChunkWriter {
    chunk: Arc<Chunk>,
    pos: usize,
}

impl Chunk {
    /// Takes `units` free units of the arena, beginning with number `unit`.
    ///
    /// The caller makes sure that no other chunk holds any of them.
    pub(crate) fn shared(arena: &Arc<Arena>, unit: usize, units: usize) -> Option<ChunkWriter> {
        if unit + units > arena.units() {
            return None;
        }
        let offset = UNITS_OFFSET + unit * UNIT;
        // SAFETY: the units lie within the mapped and allocated range.
        let base = unsafe { arena.mapping.base().add(offset) };
        let memory = Memory::Shared {
            arena: Arc::clone(arena),
            unit,
        };
        Some(Self::activate(memory, base, units * UNIT))
    }

    /// Takes plain memory of at least `len` bytes.
    pub(crate) fn private(len: usize) -> io::Result<ChunkWriter> {
        let mapping = Mapping::anonymous(len.next_multiple_of(UNIT))?;
        let (base, len) = (mapping.base(), mapping.len());
        Ok(Self::activate(Memory::Private(mapping), base, len))
    }

    fn activate(memory: Memory, base: NonNull<u8>, len: usize) -> ChunkWriter {
        let chunk = Self { memory, base, len };
        let units = u32::try_from(len / UNIT).unwrap_or(u32::MAX);
        chunk
            .half(chunk_at::MAGIC)
            .store(CHUNK_MAGIC, Ordering::Relaxed);
        chunk.half(chunk_at::UNITS).store(units, Ordering::Relaxed);
        let start = CHUNK_HEADER as u64;
        chunk
            .word(chunk_at::COMMITTED)
            .store(start, Ordering::Relaxed);
        chunk
            .word(chunk_at::CONSUMED)
            .store(start, Ordering::Relaxed);
        // Release: whoever sees the chunk active sees the offsets above.
        chunk.half(chunk_at::STATE).store(ACTIVE, Ordering::Release);
        ChunkWriter {
            chunk: Arc::new(chunk),
            pos: CHUNK_HEADER,
        }
    }

    /// The first unit and the number of units, if it lies in an arena.
    pub fn units(&self) -> Option<(usize, usize)> {
        match self.memory {
            Memory::Shared { unit, .. } => Some((unit, self.len / UNIT)),
            Memory::Private(_) => None,
        }
    }

    /// Whether it lies in `arena`.
    pub(crate) fn lies_in(&self, arena: &Arc<Arena>) -> bool {
        matches!(&self.memory, Memory::Shared { arena: of, .. } if Arc::ptr_eq(of, arena))
    }

    /// Bytes of the whole chunk.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it has no bytes; it always has.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether the writer is done. Ask before [`Chunk::unread`]: what that gives is then all.
    pub fn is_sealed(&self) -> bool {
        // Acquire pairs with the Release of `ChunkWriter::drop`, which comes
        // after the last commit.
        self.half(chunk_at::STATE).load(Ordering::Acquire) == SEALED
    }

    /// What was committed and not consumed. For the one reader.
    pub fn unread(&self) -> &[u8] {
        let from = usize::try_from(self.word(chunk_at::CONSUMED).load(Ordering::Relaxed));
        // Acquire pairs with the Release of `commit`: the bytes are there.
        let to = usize::try_from(self.word(chunk_at::COMMITTED).load(Ordering::Acquire));
        let (Ok(from), Ok(to)) = (from, to) else {
            return &[];
        };
        if from > to || to > self.len {
            return &[];
        }
        // SAFETY: within the chunk; nobody writes below `committed` until the
        // chunk is released, which takes it by value.
        unsafe { std::slice::from_raw_parts(self.base.add(from).as_ptr(), to - from) }
    }

    /// Notes that `len` more bytes were dealt with for good. For the one reader.
    pub fn consume(&self, len: usize) {
        self.word(chunk_at::CONSUMED)
            .fetch_add(len as u64, Ordering::Release);
    }

    /// Gives the units back. The chunk must be sealed and consumed.
    pub(crate) fn release(self: Arc<Self>) {
        if let Memory::Shared { arena, unit } = &self.memory {
            for number in *unit..*unit + self.len / UNIT {
                let offset = UNITS_OFFSET + number * UNIT + chunk_at::STATE;
                // SAFETY: each unit lies in the allocated range and begins with
                // the state word of a possible chunk; the writer is gone.
                let state = unsafe {
                    AtomicU32::from_ptr(arena.mapping.base().add(offset).as_ptr().cast())
                };
                state.store(FREE, Ordering::Release);
            }
        }
    }

    fn word(&self, offset: usize) -> &AtomicU64 {
        debug_assert!(offset + 8 <= CHUNK_HEADER);
        // SAFETY: an aligned word of the chunk's header, only accessed atomically.
        unsafe { AtomicU64::from_ptr(self.base.add(offset).as_ptr().cast()) }
    }

    fn half(&self, offset: usize) -> &AtomicU32 {
        debug_assert!(offset + 4 <= CHUNK_HEADER);
        // SAFETY: as in `word`.
        unsafe { AtomicU32::from_ptr(self.base.add(offset).as_ptr().cast()) }
    }
}

impl ChunkWriter {
    /// The chunk, for its reader.
    pub fn chunk(&self) -> &Arc<Chunk> {
        &self.chunk
    }

    /// The free end of the chunk.
    pub fn free(&mut self) -> &mut [u8] {
        // SAFETY: bytes from `pos` on were never committed, so the reader does
        // not look at them, and this writer, borrowed mutably, is the only one.
        unsafe {
            let start = self.chunk.base.add(self.pos);
            std::slice::from_raw_parts_mut(start.as_ptr(), self.chunk.len - self.pos)
        }
    }

    /// Publishes the first `len` bytes of [`ChunkWriter::free`].
    pub fn commit(&mut self, len: usize) {
        self.pos = (self.pos + len).min(self.chunk.len);
        // Release: whoever reads this offset sees the bytes below it.
        self.chunk
            .word(chunk_at::COMMITTED)
            .store(self.pos as u64, Ordering::Release);
    }
}

impl Drop for ChunkWriter {
    fn drop(&mut self) {
        // The parent process goes on writing to the chunk of a forked child.
        if fork::is_child() {
            return;
        }
        self.chunk
            .half(chunk_at::STATE)
            .store(SEALED, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_sees_what_was_committed_and_no_more() {
        let mut writer = Chunk::private(UNIT).unwrap();
        let chunk = Arc::clone(writer.chunk());
        writer.free()[..4].copy_from_slice(b"abcd");
        assert_eq!(chunk.unread(), b"");
        writer.commit(4);
        assert_eq!(chunk.unread(), b"abcd");
        chunk.consume(3);
        assert_eq!(chunk.unread(), b"d");
        assert!(!chunk.is_sealed());
        drop(writer);
        assert!(chunk.is_sealed());
    }

    #[test]
    fn bytes_pass_between_threads() {
        let mut writer = Chunk::private(UNIT).unwrap();
        let chunk = Arc::clone(writer.chunk());
        std::thread::scope(|scope| {
            scope.spawn(move || {
                for byte in 0..100 {
                    writer.free()[0] = byte;
                    writer.commit(1);
                }
            });
            let mut seen = Vec::new();
            while seen.len() < 100 {
                let new = chunk.unread();
                seen.extend_from_slice(new);
                chunk.consume(new.len());
            }
            assert_eq!(seen, (0..100).collect::<Vec<u8>>());
        });
    }
}
