//! The arena: one shared file per process that threads write records into.
//!
//! ```text
//! | header 4 KiB | definitions | unit | unit | unit | ..        units of 64 KiB
//!                               \_ a chunk is one unit or several in a row
//! ```
//!
//! A chunk has one writer, the thread that took it, and one reader, whoever
//! holds the recorder. Who may touch which bytes when is decided by the offsets
//! in its header (`handover`); here they become slices. What is committed survives
//! the process, since the file does. ARCHITECTURE.md has the layout.
#![allow(
    unsafe_code,
    reason = "shared memory has no safe interface; this file is one of the four that may"
)]

#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::clock::Anchor;
use crate::fork;
use crate::handover::{CHUNK_HEADER, ChunkHeader, chunk_at};
use crate::mapping::Mapping;
use crate::record::RecordKind;
use crate::record::cursor::Cursor;
use crate::record::reader::{Reader, Records};

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
    pub(crate) const OUTSIDE: usize = 104;
    pub(crate) const SURROUNDINGS: usize = 112;
    pub(crate) const HOME_LEN: usize = 120;
    pub(crate) const HOME: usize = 124;
    /// The last word: it was zero before it was used, unless a path was so long.
    pub(crate) const LOST: usize = super::TABLE_OFFSET - 8;
}

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

/// Where the spool directory is that the arena is noted in, for whoever looks whether it is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HomeNote {
    /// A number for the files that the process saw; 0 where it is not known.
    pub surroundings: u64,
    /// The directory; empty where it is not known.
    pub directory: PathBuf,
}

impl HomeNote {
    /// Reads the front of an arena; `None` if it is none, or a newer one.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let head = bytes.get(..TABLE_OFFSET)?;
        let at = |offset: usize| Reader::new(&head[offset..]);
        if head[..8] != MAGIC || at(at::VERSION).u32()? > VERSION {
            return None;
        }
        let directory = at(at::HOME_LEN).text()?;
        Some(Self {
            surroundings: at(at::SURROUNDINGS).u64()?,
            directory: directory.into(),
        })
    }
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
        Self::create_in(path, len, header, &HomeNote::default())
    }

    /// The same, noted in a spool directory.
    ///
    /// # Errors
    /// As [`Arena::create`].
    pub fn create_in(
        path: &Path,
        len: usize,
        header: &Header,
        home: &HomeNote,
    ) -> io::Result<Arc<Self>> {
        let len = len.max(UNITS_OFFSET + UNIT) / UNIT * UNIT;
        Self::begin(Mapping::create(path, len)?, header, home).inspect_err(|_| {
            let _ = std::fs::remove_file(path);
        })
    }

    fn begin(mapping: Mapping, header: &Header, home: &HomeNote) -> io::Result<Arc<Self>> {
        let first = mapping.len().min(UNITS_OFFSET + GROWTH * UNIT);
        mapping.allocate(0, first)?;
        let arena = Self { mapping };
        arena.put(at::UNIT, &unit_u32().to_le_bytes());
        arena.put(at::ID, &header.id);
        arena.put(at::BOOT_ID, &header.boot_id);
        arena.put(at::DESTINATION, &header.destination.to_le_bytes());
        arena.put(at::FLAGS, &header.flags.to_le_bytes());
        arena.put(at::VERSION, &VERSION.to_le_bytes());
        arena.note_home(home);
        arena.set_anchor(Anchor::take());
        let units = (first - UNITS_OFFSET) / UNIT;
        arena.word(at::UNITS).store(units as u64, Ordering::Release);
        // The magic goes last: a file without it was never complete.
        arena.put(0, &MAGIC);
        Ok(Arc::new(arena))
    }

    fn note_home(&self, home: &HomeNote) {
        let directory = home.directory.to_str().unwrap_or_default();
        // One that is too long is not known, which only keeps the file longer.
        if at::HOME + directory.len() <= at::LOST {
            let len = u32::try_from(directory.len()).unwrap_or(0);
            self.put(at::SURROUNDINGS, &home.surroundings.to_le_bytes());
            self.put(at::HOME_LEN, &len.to_le_bytes());
            self.put(at::HOME, directory.as_bytes());
        }
    }

    /// Shows that its process lives, to whoever sees the file.
    pub fn touch(&self) {
        self.mapping.touch();
    }

    /// Units that may be touched.
    pub fn units(&self) -> usize {
        usize::try_from(self.word(at::UNITS).load(Ordering::Acquire)).unwrap_or(0)
    }

    /// Units that there can be.
    pub(crate) fn most_units(&self) -> usize {
        (self.mapping.len() - UNITS_OFFSET) / UNIT
    }

    /// Allocates more units and returns how many there are now.
    ///
    /// # Errors
    /// When the file system is full; the units there were remain.
    pub fn grow(&self) -> io::Result<usize> {
        let units = self.units();
        let more = GROWTH.min(self.most_units() - units);
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

    /// Counts a chunk that had to be taken outside the file.
    pub fn count_overflow(&self) {
        self.word(at::OVERFLOWED).fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a span that found no room, neither in the file nor outside.
    pub(crate) fn count_lost(&self) {
        self.word(at::LOST).fetch_add(1, Ordering::Relaxed);
    }

    /// The spans that began outside the file and were not read yet, which a kill would lose.
    fn outside(&self) -> &AtomicU64 {
        self.word(at::OUTSIDE)
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

    /// Where a unit begins, which must be one of [`Arena::units`].
    fn unit(&self, number: usize) -> NonNull<u8> {
        debug_assert!(number < self.units());
        // SAFETY: the unit lies in the mapped and allocated range.
        unsafe { self.mapping.base().add(UNITS_OFFSET + number * UNIT) }
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

// The layout of a chunk's header in the file. Loom's atomics, for which `handover`
// is compiled as well, are larger, so this cannot stand there.
const _: () = {
    assert!(size_of::<ChunkHeader>() == CHUNK_HEADER && align_of::<ChunkHeader>() == 8);
    assert!(chunk_at::MAGIC == 0 && chunk_at::STATE == 4 && chunk_at::UNITS == 8);
    assert!(chunk_at::COMMITTED == 16 && chunk_at::CONSUMED == 24);
};

/// Where a chunk's bytes are.
#[derive(Debug)]
enum Memory {
    Shared {
        arena: Arc<Arena>,
        unit: usize,
    },
    /// Beside the arena that was full, if there was one.
    Private {
        mapping: Mapping,
        beside: Option<Arc<Arena>>,
    },
}

impl Memory {
    /// The arena that was full when plain memory was taken.
    fn beside(&self) -> Option<&Arena> {
        match self {
            Self::Shared { .. } => None,
            Self::Private { beside, .. } => beside.as_deref(),
        }
    }
}

/// What a chunk was made of, once it is given back.
#[derive(Debug)]
pub(crate) enum Released {
    /// Units of an arena: the first, and how many.
    Units(usize, usize),
    /// Plain memory, which can be a chunk again.
    Private(Mapping),
}

/// The bytes of a chunk: a [`ChunkHeader`], then records.
#[derive(Clone, Copy, Debug)]
struct Range {
    base: NonNull<u8>,
    len: usize,
}

// SAFETY: a range may be used where its memory is held, by a `Chunk`. Bytes below
// `committed` are only read until the chunk is released, bytes above it are
// touched through the one `ChunkWriter` only, and the header is atomic.
unsafe impl Send for Range {}
// SAFETY: as above.
unsafe impl Sync for Range {}

impl Range {
    #[inline]
    fn header(&self) -> &ChunkHeader {
        // SAFETY: the range begins with a unit or a mapping, so it is aligned to 8
        // and longer than a header; any bytes are a valid one, and after this the
        // bytes are only accessed through it.
        unsafe { self.base.cast().as_ref() }
    }
}

/// A chunk, as its reader sees it.
#[derive(Debug)]
pub struct Chunk {
    memory: Memory,
    range: Range,
}

/// Lines of 64 bytes ahead of a record that are fetched: those of about the next span but one.
#[cfg(all(target_arch = "x86_64", not(miri)))]
const FETCHED: std::ops::Range<usize> = 3..6;

/// The right to write to a chunk; there is one per chunk.
#[derive(Debug)]
pub struct ChunkWriter {
    chunk: Arc<Chunk>,
    /// That of the chunk, one look closer.
    range: Range,
    /// Where the free end begins; never beyond the range.
    pos: usize,
    /// Whether it lies beside an arena, whose header tells what a kill would lose of it.
    is_beside: bool,
    /// The process that took it, whose forked children hold copies of this.
    process: u32,
}

impl Chunk {
    /// Takes `units` free units of the arena, beginning with number `unit`; `None` if there are not
    /// as many, or a reader has not let go of them.
    ///
    /// The caller makes sure that no other chunk holds any of them.
    pub(crate) fn shared(arena: &Arc<Arena>, unit: usize, units: usize) -> Option<ChunkWriter> {
        if unit + units > arena.units() {
            return None;
        }
        let range = Range {
            base: arena.unit(unit),
            len: units * UNIT,
        };
        let arena = Arc::clone(arena);
        Self::activate(Memory::Shared { arena, unit }, range)
    }

    /// Takes plain memory of at least `len` bytes, `beside` an arena that is full.
    pub(crate) fn private(len: usize, beside: Option<&Arc<Arena>>) -> io::Result<ChunkWriter> {
        let mapping = Mapping::anonymous(len.next_multiple_of(UNIT).max(UNIT))?;
        Self::again(mapping, beside).ok_or_else(|| io::Error::other("fresh memory is not zero"))
    }

    /// Takes the memory of a chunk that was given back.
    pub(crate) fn again(mapping: Mapping, beside: Option<&Arc<Arena>>) -> Option<ChunkWriter> {
        let range = Range {
            base: mapping.base(),
            len: mapping.len(),
        };
        let beside = beside.cloned();
        Self::activate(Memory::Private { mapping, beside }, range)
    }

    fn activate(memory: Memory, range: Range) -> Option<ChunkWriter> {
        let units = u32::try_from(range.len / UNIT).ok()?;
        let is_beside = memory.beside().is_some();
        range.header().activate(units).then(|| ChunkWriter {
            chunk: Arc::new(Self { memory, range }),
            range,
            pos: CHUNK_HEADER,
            is_beside,
            process: fork::process(),
        })
    }

    /// The first unit and the number of units, if it lies in an arena.
    pub fn units(&self) -> Option<(usize, usize)> {
        match self.memory {
            Memory::Shared { unit, .. } => Some((unit, self.range.len / UNIT)),
            Memory::Private { .. } => None,
        }
    }

    /// Whether it lies in `arena`.
    pub(crate) fn lies_in(&self, arena: &Arc<Arena>) -> bool {
        matches!(&self.memory, Memory::Shared { arena: of, .. } if Arc::ptr_eq(of, arena))
    }

    /// Bytes of the whole chunk.
    pub fn len(&self) -> usize {
        self.range.len
    }

    /// Whether it has no bytes; it always has.
    pub fn is_empty(&self) -> bool {
        self.range.len == 0
    }

    /// Whether the writer is done. Ask before [`Chunk::unread`]: what that gives is then all.
    pub fn is_sealed(&self) -> bool {
        self.range.header().is_sealed()
    }

    /// Whether the writer is done and all that it wrote was consumed.
    pub fn is_spent(&self) -> bool {
        self.range.header().is_spent()
    }

    /// What was committed and not consumed. For the one reader.
    pub fn unread(&self) -> &[u8] {
        let unread = self.range.header().unread();
        let (Ok(from), Ok(to)) = (usize::try_from(unread.start), usize::try_from(unread.end))
        else {
            return &[];
        };
        if from < CHUNK_HEADER || from > to || to > self.range.len {
            return &[];
        }
        // SAFETY: within the range, behind the header. What lies below `committed`
        // is written before it can be seen and not again until `release`, which
        // makes sure that nobody borrows from the chunk any more.
        unsafe { std::slice::from_raw_parts(self.range.base.add(from).as_ptr(), to - from) }
    }

    /// Notes that `len` more bytes were dealt with for good. For the one reader.
    pub fn consume(&self, len: usize) {
        if let Some(arena) = self.memory.beside() {
            let unread = self.unread();
            let begun = spans_begun(&unread[..len.min(unread.len())]);
            arena.outside().fetch_sub(begun, Ordering::Relaxed);
        }
        self.range.header().consume(len as u64);
    }

    /// Gives back what it is made of; the chunk itself if it is not spent or somebody else holds it.
    pub(crate) fn release(self: Arc<Self>) -> Result<Released, Arc<Self>> {
        if !self.is_spent() {
            return Err(self);
        }
        // Others may hold slices of it for as long as they hold the chunk. Taking it
        // out of the last reference synchronizes with the drop of each other one,
        // which a look at the count would not.
        let Self { memory, range } = Arc::try_unwrap(self)?;
        let units = range.len / UNIT;
        if let Memory::Shared { arena, unit } = &memory {
            // The first unit goes last: its header leads an adopter past the others,
            // which hold what is left of records.
            for number in unit + 1..unit + units {
                let (base, len) = (arena.unit(number), UNIT);
                Range { base, len }.header().clear();
            }
        }
        range.header().release();
        Ok(match memory {
            Memory::Shared { unit, .. } => Released::Units(unit, units),
            Memory::Private { mapping, .. } => Released::Private(mapping),
        })
    }
}

impl ChunkWriter {
    /// The chunk, for its reader.
    pub fn chunk(&self) -> &Arc<Chunk> {
        &self.chunk
    }

    /// Whether it is a copy of one of the process that forked this one.
    pub(crate) fn is_inherited(&self) -> bool {
        self.process != fork::process()
    }

    /// The free end of the chunk.
    #[inline]
    pub fn free(&mut self) -> &mut [u8] {
        // SAFETY: within the range, since `pos` is. Bytes from `pos` on were never
        // committed, so the reader does not look at them, and this writer, borrowed
        // mutably, is the only one; `activate` made sure that no former reader is left.
        unsafe {
            let start = self.range.base.add(self.pos);
            std::slice::from_raw_parts_mut(start.as_ptr(), self.range.len - self.pos)
        }
    }

    /// Publishes the first `len` bytes of [`ChunkWriter::free`].
    #[inline]
    pub fn commit(&mut self, len: usize) {
        if self.is_beside {
            self.count(len);
        }
        self.pos += len.min(self.range.len - self.pos);
        self.range.header().commit(self.pos as u64);
        self.fetch_ahead();
    }

    /// Has the processor fetch what is written soon, where it does not find out itself.
    ///
    /// The reader had the same memory before and on another processor. Who makes a span waits for
    /// each line of it, at the latest where OpenTelemetry counts references to a context.
    #[inline]
    fn fetch_ahead(&self) {
        #[cfg(all(target_arch = "x86_64", not(miri)))]
        for line in FETCHED {
            use std::arch::x86_64::{_MM_HINT_ET0, _mm_prefetch};
            let line = self.range.base.as_ptr().wrapping_add(self.pos + 64 * line);
            // SAFETY: a hint, which changes nothing that a program can see, whatever the address.
            unsafe { _mm_prefetch::<_MM_HINT_ET0>(line.cast()) };
        }
    }

    /// Notes in the arena what a kill would lose, before it is there to be read.
    #[cold]
    fn count(&mut self, len: usize) {
        let free = self.free();
        let begun = spans_begun(&free[..len.min(free.len())]);
        if let Some(arena) = self.chunk.memory.beside() {
            arena.outside().fetch_add(begun, Ordering::Relaxed);
        }
    }
}

/// Spans of which these records hold the start: without it, nothing of a span is left.
fn spans_begun(records: &[u8]) -> u64 {
    let begins = |kind| {
        matches!(
            kind,
            RecordKind::Start | RecordKind::Leaf | RecordKind::Whole
        )
    };
    let begun = Records::new(records).filter(|record| begins(record.kind));
    begun.count() as u64
}

impl Drop for ChunkWriter {
    fn drop(&mut self) {
        // The parent process goes on writing to it.
        if !self.is_inherited() {
            self.range.header().seal();
        }
    }
}
