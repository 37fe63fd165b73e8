//! Hand out chunks to threads, take them back from the reader.
//!
//! Chunks come from the arena while it has room, then from plain memory up to a
//! budget, and then the record of a thread is lost and counted. Before that a
//! thread waits for at most 5 ms a chunk, the longer the more of the arena is full
//! and unread, so that the reader gets ahead of threads while what they write
//! still survives a kill. Only threads whose chunk is full come here.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::arena::{Arena, Chunk, ChunkWriter, Released, UNIT};
use crate::clock::Anchor;
use crate::fork::PerProcess;
use crate::handover::CHUNK_HEADER;
use crate::mapping::Mapping;
use crate::record::cursor::Cursor;

/// Plain memory that chunks may take when the arena is full, in bytes.
pub const PRIVATE_BUDGET: usize = 64 << 20;

/// How long a thread waits for a chunk before its record is lost.
pub const LONGEST_WAIT: Duration = Duration::from_millis(5);

/// Chunks in use at which the reader is woken before its time.
const BACKLOG: usize = 8;

/// Chunks of plain memory that are kept once they were read: the system takes as long to give a
/// fresh one, page by page, as its records take to write.
const WARM: usize = 64;

/// Chunks of threads that ended which are kept for others. Threads that come and go would take a
/// chunk each for a few records, faster than the reader can give them back.
const BEGUN: usize = 16;

/// Free bytes with which a chunk is worth to be handed down.
const WORTHWHILE: usize = 8 << 10;

/// Free units of the arena below which the reader allocates more.
const SPARE: usize = 8;

static POOL: PerProcess<Mutex<Pool>> = PerProcess::new(Mutex::default);
static RETURNED: PerProcess<Condvar> = PerProcess::new(Condvar::new);
static WAKE: PerProcess<(Mutex<bool>, Condvar)> = PerProcess::new(Default::default);
static LOST: AtomicU64 = AtomicU64::new(0);
static ABANDONED: PerProcess<Mutex<Vec<[u8; 8]>>> = PerProcess::new(Mutex::default);
/// Changes when chunks begin to come from elsewhere.
static GENERATION: AtomicU32 = AtomicU32::new(0);

#[derive(Default)]
struct Pool {
    arena: Option<Arc<Arena>>,
    /// Which units of the arena a chunk holds.
    taken: Vec<bool>,
    /// Chunks not yet given back, in the order they were taken.
    active: Vec<Arc<Chunk>>,
    /// Chunks of threads that ended, for the next threads, at most [`BEGUN`].
    begun: Vec<ChunkWriter>,
    /// Plain memory of one unit each that was given back, at most [`WARM`].
    warm: Vec<Mapping>,
    /// Bytes of plain memory, in use or warm.
    private_bytes: usize,
}

fn pool() -> MutexGuard<'static, Pool> {
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes a chunk with at least `room` free bytes; `None` after [`LONGEST_WAIT`] without one.
pub(crate) fn take(room: usize) -> Option<ChunkWriter> {
    let deadline = Instant::now() + LONGEST_WAIT;
    let mut pool = pool();
    let patience = pool.patience();
    if !patience.is_zero() {
        wake();
        pool = wait_for_return(pool, patience);
    }
    loop {
        if let Some(writer) = pool.try_take(room) {
            let backlog = pool.active.len();
            drop(pool);
            if backlog >= BACKLOG {
                wake();
            }
            return Some(writer);
        }
        wake();
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return None;
        }
        pool = wait_for_return(pool, left);
    }
}

fn wait_for_return(
    pool: MutexGuard<'static, Pool>,
    longest: Duration,
) -> MutexGuard<'static, Pool> {
    RETURNED
        .wait_timeout(pool, longest)
        .unwrap_or_else(PoisonError::into_inner)
        .0
}

/// Takes a chunk of the arena at once; `None` where there is none, or it is full.
pub(crate) fn take_shared(room: usize) -> Option<ChunkWriter> {
    let mut pool = pool();
    let writer = pool.take_shared(room.div_ceil(UNIT))?;
    pool.active.push(Arc::clone(writer.chunk()));
    Some(writer)
}

impl Pool {
    /// How long to wait for the reader before a chunk is taken that is there: nothing while what
    /// is complete and unread takes less than half of the arena, or of the budget without one.
    fn patience(&self) -> Duration {
        let sealed = self.active.iter().filter(|chunk| chunk.is_sealed());
        let unread: usize = sealed.map(|chunk| chunk.len()).sum();
        let room = self.arena.as_ref().map(|arena| arena.most_units() * UNIT);
        let half = room.unwrap_or(PRIVATE_BUDGET) / 2;
        let thousandths = unread.saturating_sub(half) * 1000 / half.max(1);
        LONGEST_WAIT * u32::try_from(thousandths.min(1000)).unwrap_or(1000) / 1000
    }

    fn try_take(&mut self, room: usize) -> Option<ChunkWriter> {
        let fits = |writer: &mut ChunkWriter| writer.free().len() >= room;
        if let Some(begun) = self.begun.iter_mut().rposition(fits) {
            return Some(self.begun.swap_remove(begun));
        }
        let units = (room + CHUNK_HEADER).div_ceil(UNIT);
        let writer = match self.take_shared(units) {
            Some(writer) => writer,
            None => self.take_private(units * UNIT)?,
        };
        self.active.push(Arc::clone(writer.chunk()));
        Some(writer)
    }

    fn take_shared(&mut self, units: usize) -> Option<ChunkWriter> {
        let arena = self.arena.clone()?;
        let first = loop {
            if let Some(first) = self.free_run(units) {
                break first;
            }
            // One step may not be enough for a long record.
            let grown = arena.grow().ok()?;
            if grown <= self.taken.len() {
                return None;
            }
            self.taken.resize(grown, false);
        };
        let writer = Chunk::shared(&arena, first, units)?;
        self.taken[first..first + units].fill(true);
        Some(writer)
    }

    fn take_private(&mut self, len: usize) -> Option<ChunkWriter> {
        let warm = match len {
            UNIT => self.warm.pop(),
            _ => None,
        };
        let writer = match warm {
            Some(mapping) => Chunk::again(mapping, self.arena.as_ref())?,
            None => self.take_fresh(len)?,
        };
        if let Some(arena) = &self.arena {
            arena.count_overflow();
        }
        Some(writer)
    }

    fn take_fresh(&mut self, len: usize) -> Option<ChunkWriter> {
        // A long chunk may need the room of those that wait to be used again.
        while self.private_bytes + len > PRIVATE_BUDGET {
            let unused = self.warm.pop()?;
            self.private_bytes -= unused.len();
        }
        let writer = Chunk::private(len, self.arena.as_ref()).ok()?;
        self.private_bytes += len;
        Some(writer)
    }

    fn keep_warm(&mut self, mapping: Mapping) {
        if mapping.len() == UNIT && self.warm.len() < WARM {
            self.warm.push(mapping);
        } else {
            self.private_bytes -= mapping.len();
        }
    }

    /// The first run of `units` free units; low numbers first keeps warm pages in use.
    fn free_run(&self, units: usize) -> Option<usize> {
        self.taken
            .windows(units)
            .position(|run| run.iter().all(|&taken| !taken))
    }
}

/// Takes the chunk of a thread that ends, for the next one; completes it where that is no use.
pub(crate) fn hand_down(generation: u32, mut writer: ChunkWriter) {
    let is_worthwhile = writer.chunk().len() == UNIT && writer.free().len() >= WORTHWHILE;
    if writer.is_inherited() || !is_worthwhile {
        return;
    }
    let mut pool = pool();
    if generation == self::generation() && pool.begun.len() < BEGUN {
        pool.begun.push(writer);
    }
}

/// The chunks in use, oldest first.
pub fn active() -> Vec<Arc<Chunk>> {
    pool().active.clone()
}

/// Takes back every chunk that is sealed and consumed, and that nobody holds who may still read it.
pub fn reclaim() {
    let mut pool = pool();
    let in_use = std::mem::take(&mut pool.active);
    for chunk in in_use {
        let is_current = pool.arena.as_ref().is_some_and(|of| chunk.lies_in(of));
        match chunk.release() {
            Err(chunk) => pool.active.push(chunk),
            Ok(Released::Units(first, units)) if is_current => {
                pool.taken[first..first + units].fill(false);
            }
            // The units of an arena that was replaced are nobody's business any more.
            Ok(Released::Units(..)) => {}
            Ok(Released::Private(mapping)) => pool.keep_warm(mapping),
        }
    }
    let free = pool.taken.iter().filter(|&&taken| !taken).count();
    let scarce = pool.arena.clone().filter(|_| free < SPARE);
    drop(pool);
    RETURNED.notify_all();
    if let Some(arena) = scarce {
        grow(&arena);
    }
}

/// Allocates units before a thread needs them, and not under the lock, since it takes a while.
fn grow(arena: &Arc<Arena>) {
    let Ok(units) = arena.grow() else {
        return;
    };
    let mut pool = pool();
    let is_current = pool.arena.as_ref().is_some_and(|of| Arc::ptr_eq(of, arena));
    if is_current && pool.taken.len() < units {
        pool.taken.resize(units, false);
    }
}

/// Makes new chunks come from `arena`.
pub(crate) fn install(arena: Arc<Arena>) {
    let mut pool = pool();
    pool.begun.clear();
    pool.taken = vec![false; arena.units()];
    pool.arena = Some(arena);
    GENERATION.fetch_add(1, Ordering::Release);
}

/// Has threads forget the chunks they hold, which are those of the process that forked this one.
pub(crate) fn forget() {
    GENERATION.fetch_add(1, Ordering::Release);
}

/// Makes new chunks come from plain memory again.
pub fn uninstall() -> Option<Arc<Arena>> {
    let mut pool = pool();
    pool.begun.clear();
    pool.taken.clear();
    GENERATION.fetch_add(1, Ordering::Release);
    pool.arena.take()
}

/// A number that differs once a thread's chunk belongs to an arena that was replaced.
#[inline]
pub(crate) fn generation() -> u32 {
    GENERATION.load(Ordering::Acquire)
}

/// Notes the clocks in the arena.
pub fn set_anchor(anchor: Anchor) {
    if let Some(arena) = &pool().arena {
        arena.set_anchor(anchor);
        arena.touch();
    }
}

/// Appends a definition to the arena, if there is one and its table has room.
pub(crate) fn define(tag: u8, write: impl Fn(&mut Cursor<'_>)) {
    // The lock makes this the only writer of the table.
    let pool = pool();
    if let Some(arena) = &pool.arena {
        arena.define(tag, write);
    }
}

/// Wakes the reader before its time.
pub fn wake() {
    let (flag, condvar) = &*WAKE;
    *flag.lock().unwrap_or_else(PoisonError::into_inner) = true;
    condvar.notify_all();
}

/// Waits until somebody calls [`wake`], for at most `timeout`.
pub fn wait_for_wake(timeout: Duration) {
    let (flag, condvar) = &*WAKE;
    let guard = flag.lock().unwrap_or_else(PoisonError::into_inner);
    let (mut woken, _) = condvar
        .wait_timeout_while(guard, timeout, |woken| !*woken)
        .unwrap_or_else(PoisonError::into_inner);
    *woken = false;
}

/// Counts a span whose start found no room.
pub fn count_lost() {
    LOST.fetch_add(1, Ordering::Relaxed);
    if let Some(arena) = &pool().arena {
        arena.count_lost();
    }
}

/// Notes a span whose start was written and whose end found no room.
pub fn abandon(span_id: [u8; 8]) {
    ABANDONED
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(span_id);
}

/// The spans noted by [`abandon`] since the last call.
pub fn abandoned() -> Vec<[u8; 8]> {
    std::mem::take(&mut *ABANDONED.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Spans lost so far for want of room.
pub fn lost() -> u64 {
    LOST.load(Ordering::Relaxed)
}

#[cfg(all(test, not(miri)))]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_for_chunks_of_idle_threads_but_for_complete_ones_the_longer_the_more_there_are()
    {
        let mut pool = Pool::default();
        let half = PRIVATE_BUDGET / 2 / UNIT;
        let mut idle: Vec<_> = (0..2 * half)
            .map(|_| Chunk::private(UNIT, None).expect("the system has memory to promise"))
            .collect();
        pool.active = idle
            .iter()
            .map(|writer| Arc::clone(writer.chunk()))
            .collect();
        assert_eq!(pool.patience(), Duration::ZERO);
        // Who drops a writer completes its chunk.
        idle.truncate(half);
        assert_eq!(pool.patience(), Duration::ZERO);
        idle.truncate(half / 2);
        assert_eq!(pool.patience(), LONGEST_WAIT / 2);
        idle.clear();
        assert_eq!(pool.patience(), LONGEST_WAIT);
    }
}
