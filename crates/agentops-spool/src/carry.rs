//! Keep in the arena what was read and waits for other records.
//!
//! A record may be read one pass before the one it belongs to. The join keeps it in memory
//! meanwhile, where a kill would lose it. So it is copied into a chunk of the reader's own before
//! its chunk is consumed: whoever adopts the arena reads the copy like any other record.

use std::sync::Arc;

use crate::arena::{Chunk, ChunkWriter};
use crate::handover::CHUNK_HEADER;
use crate::pool;

/// Copies of records that were read and wait for others.
#[derive(Debug, Default)]
pub struct Carry {
    writer: Option<ChunkWriter>,
    /// Chunks with copies, the writer's last.
    chunks: Vec<Arc<Chunk>>,
}

/// How much of each chunk was there before something was added.
#[derive(Debug)]
pub struct Before(Vec<usize>);

impl Carry {
    /// Copies a record; `false` where the arena has no room for it, or there is none.
    pub fn keep(&mut self, record: &[u8]) -> bool {
        let has_room = |writer: &mut ChunkWriter| writer.free().len() >= record.len();
        if !self.writer.as_mut().is_some_and(has_room) {
            let Some(next) = pool::take_shared(record.len() + CHUNK_HEADER) else {
                return false;
            };
            self.chunks.push(Arc::clone(next.chunk()));
            // The one before is complete, and goes back once it is consumed.
            self.writer = Some(next);
        }
        let Some(writer) = &mut self.writer else {
            return false;
        };
        writer.free()[..record.len()].copy_from_slice(record);
        writer.commit(record.len());
        true
    }

    /// What is in it now, to be forgotten once what replaces it was added.
    #[must_use]
    pub fn before(&self) -> Before {
        Before(self.chunks.iter().map(|at| at.unread().len()).collect())
    }

    /// Forgets what was there before.
    pub fn forget(&mut self, before: &Before) {
        for (chunk, len) in self.chunks.iter().zip(&before.0) {
            chunk.consume(*len);
        }
        self.chunks.retain(|chunk| !chunk.is_spent());
    }

    /// Whether `chunk` holds copies, which its reader has read already.
    #[must_use]
    pub fn holds(&self, chunk: &Arc<Chunk>) -> bool {
        self.chunks.iter().any(|own| Arc::ptr_eq(own, chunk))
    }
}
