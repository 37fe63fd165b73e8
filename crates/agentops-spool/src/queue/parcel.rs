//! Bodies on their way out of a queue, as one request.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::file::read_at;
use crate::queue::disk::Position;
use crate::segment::format::{HEADER_LEN, Header, RECORD_HEADER_LEN, RecordHeader, State};
use crate::segment::reader::SegmentReader;

/// Bodies to send as one request.
///
/// Bodies have repeated fields only: one behind the other they are one body.
#[derive(Debug)]
pub struct Parcel {
    bytes: Arc<Vec<u8>>,
    /// Where the first body begins; none has a gap behind it.
    begin: usize,
    pieces: Vec<Piece>,
    source: Source,
}

/// A body and where it stands.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) len: usize,
    pub(super) items: u32,
    /// Where it ends in its segment, or its number in the ring.
    pub(super) end: u64,
}

/// Where a parcel was read from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Segment(PathBuf),
    Ring,
}

impl Parcel {
    /// `None` without pieces: a parcel is never empty.
    pub(super) fn new(
        bytes: Arc<Vec<u8>>,
        begin: usize,
        pieces: Vec<Piece>,
        source: Source,
    ) -> Option<Self> {
        (!pieces.is_empty()).then_some(Self {
            bytes,
            begin,
            pieces,
            source,
        })
    }

    /// Bodies in it.
    #[must_use]
    pub fn bodies(&self) -> usize {
        self.pieces.len()
    }

    /// Items in all bodies.
    #[must_use]
    pub fn items(&self) -> u64 {
        self.pieces.iter().map(|piece| u64::from(piece.items)).sum()
    }

    /// The request.
    #[must_use]
    pub fn request(&self) -> &[u8] {
        let len: usize = self.pieces.iter().map(|piece| piece.len).sum();
        &self.bytes[self.begin..self.begin + len]
    }

    /// Each body with its number of items.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], u32)> + Clone {
        let mut rest = self.request();
        self.pieces.iter().map(move |piece| {
            let (body, behind) = rest.split_at(piece.len);
            rest = behind;
            (body, piece.items)
        })
    }

    /// The first half and the rest; only the first if it is one body.
    #[must_use]
    pub fn split(mut self) -> (Self, Option<Self>) {
        let half = self.pieces.len().div_ceil(2);
        let pieces = self.pieces.split_off(half);
        let begin = self.begin + self.request().len();
        let bytes = Arc::clone(&self.bytes);
        let rest = Self::new(bytes, begin, pieces, self.source.clone());
        (self, rest)
    }

    pub(super) fn source(&self) -> &Source {
        &self.source
    }

    /// Where the last body ends.
    pub(super) fn end(&self) -> u64 {
        self.pieces.last().map_or(0, |piece| piece.end)
    }
}

/// Reads bodies from where the queue stands; only as much of the file as the parcel needs.
pub(super) fn read(at: &Position, max_bytes: usize) -> io::Result<Option<Parcel>> {
    let acked = at.acked;
    let mut file = File::open(&at.path)?;
    let len = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let len = at.end.map_or(len, |end| end.min(len));
    let mut head = [0; HEADER_LEN];
    read_at(&file, 0, &mut head)?;
    let header = Header::decode(&head).map_err(io::Error::other)?;
    let mut window = max_bytes.saturating_add(RECORD_HEADER_LEN).max(HEADER_LEN);
    let mut bytes = Vec::new();
    loop {
        let needed = window.min(len.saturating_sub(acked));
        bytes.clear();
        bytes.reserve_exact(needed);
        file.seek(SeekFrom::Start(acked as u64))?;
        file.by_ref().take(needed as u64).read_to_end(&mut bytes)?;
        if bytes.len() < needed {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let found = find(header, &bytes, acked, max_bytes);
        // A window that holds no record may have cut the first one: read on.
        if !found.is_empty() || acked + bytes.len() >= len {
            return Ok(put_together(bytes, found, &at.path));
        }
        let first = RecordHeader::decode(&bytes).map(|first| first.stride());
        let longer = first.filter(|stride| *stride > window);
        window = longer.unwrap_or(window.saturating_mul(4));
    }
}

/// Where bodies stand in `bytes`, at most about `max_bytes` of them.
fn find(header: Header, bytes: &[u8], base: usize, max_bytes: usize) -> Vec<(usize, Piece)> {
    let mut found = Vec::new();
    let mut size = 0;
    for record in SegmentReader::resume(header, bytes, base, base) {
        if record.header.state != State::Ready {
            continue;
        }
        let len = record.body.len();
        if !found.is_empty() && size + len > max_bytes {
            break;
        }
        size += len;
        let at = record.end - record.header.stride() + RECORD_HEADER_LEN - base;
        let piece = Piece {
            len,
            items: record.header.count,
            end: record.end as u64,
        };
        found.push((at, piece));
    }
    found
}

/// Moves the bodies behind the first one together.
fn put_together(mut bytes: Vec<u8>, found: Vec<(usize, Piece)>, path: &Path) -> Option<Parcel> {
    let begin = found.first()?.0;
    let mut end = begin;
    for (at, piece) in &found {
        bytes.copy_within(*at..at + piece.len, end);
        end += piece.len;
    }
    bytes.truncate(end);
    let pieces = found.into_iter().map(|(_, piece)| piece).collect();
    let source = Source::Segment(path.to_owned());
    Parcel::new(Arc::new(bytes), begin, pieces, source)
}
