//! Bodies that were written just now, for a sender that is quick.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::queue::disk::Position;
use crate::queue::parcel::{Parcel, Piece, Source};

/// Bytes of bodies that are kept; the oldest go, and are read from their segment.
const RECENT_BYTES: usize = 4 << 20;

/// A body that its maker, queues and their senders hold at once.
#[derive(Clone, Debug)]
pub struct SharedBody {
    bytes: Arc<Vec<u8>>,
    /// Where the body begins.
    begin: usize,
}

impl SharedBody {
    /// The body that `bytes` hold from `begin` on.
    #[must_use]
    pub fn new(bytes: Vec<u8>, begin: usize) -> Self {
        let bytes = Arc::new(bytes);
        Self { bytes, begin }
    }

    /// The body.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[self.begin..]
    }

    /// Its memory, if nobody else holds it any more.
    ///
    /// # Errors
    /// Itself, if somebody does.
    pub fn into_memory(self) -> Result<Vec<u8>, Self> {
        let begin = self.begin;
        Arc::try_unwrap(self.bytes).map_err(|bytes| Self { bytes, begin })
    }
}

/// Bodies in the order of their segments.
#[derive(Debug, Default)]
pub(super) struct Recent {
    /// Somebody sends what is in the queue; else nothing is kept.
    pub(super) is_wanted: bool,
    bodies: VecDeque<Written>,
    bytes: usize,
}

/// A body and where it was written to.
#[derive(Debug)]
struct Written {
    path: PathBuf,
    /// Where its record begins.
    begin: usize,
    /// Where its record ends.
    end: usize,
    items: u32,
    body: SharedBody,
}

impl Recent {
    /// Adds a body whose record in the segment `path` stands between these offsets.
    pub(super) fn push(&mut self, path: &Path, at: (usize, usize), items: u32, body: &SharedBody) {
        if !self.is_wanted {
            return;
        }
        self.bytes += body.as_bytes().len();
        self.bodies.push_back(Written {
            path: path.to_owned(),
            begin: at.0,
            end: at.1,
            items,
            body: body.clone(),
        });
        while self.bytes > RECENT_BYTES {
            self.pop();
        }
    }

    /// The body that is next, if it is kept.
    pub(super) fn take(&mut self, next: &Position) -> Option<Parcel> {
        let is_next = |body: &Written| body.begin == next.acked && body.path == next.path;
        let index = self.bodies.iter().position(is_next)?;
        // Those before it were read from the segment.
        for _ in 0..index {
            self.pop();
        }
        let written = self.pop()?;
        let piece = Piece {
            len: written.body.as_bytes().len(),
            items: written.items,
            end: written.end as u64,
        };
        let SharedBody { bytes, begin } = written.body;
        Parcel::new(bytes, begin, vec![piece], Source::Segment(written.path))
    }

    /// Drops the bodies of a segment up to an offset.
    pub(super) fn forget(&mut self, path: &Path, end: u64) {
        let is_done = |body: &Written| body.path == path && body.end as u64 <= end;
        while self.bodies.front().is_some_and(is_done) {
            self.pop();
        }
    }

    fn pop(&mut self) -> Option<Written> {
        let oldest = self.bodies.pop_front()?;
        self.bytes -= oldest.body.as_bytes().len();
        Some(oldest)
    }
}
