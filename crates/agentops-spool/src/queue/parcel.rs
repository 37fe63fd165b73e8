//! Bodies on their way out of a queue, as one request.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;

use crate::queue::disk::Position;
use crate::segment::format::{HEADER_LEN, Header, RECORD_HEADER_LEN, State};
use crate::segment::reader::SegmentReader;

/// Bodies to send as one request.
#[derive(Debug)]
pub struct Parcel {
    pieces: Vec<Piece>,
    source: Source,
}

/// A body and where it stands.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
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
    pub(super) fn new(pieces: Vec<Piece>, source: Source) -> Option<Self> {
        (!pieces.is_empty()).then_some(Self { pieces, source })
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

    /// The request. Bodies have repeated fields only: one behind the other they are one body.
    #[must_use]
    pub fn request(&self) -> Cow<'_, [u8]> {
        match &self.pieces[..] {
            [one] => Cow::Borrowed(&one.bytes),
            many => {
                let bodies: Vec<&[u8]> = many.iter().map(|piece| &piece.bytes[..]).collect();
                Cow::Owned(bodies.concat())
            }
        }
    }

    /// Each body with its number of items.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], u32)> {
        self.pieces
            .iter()
            .map(|piece| (&piece.bytes[..], piece.items))
    }

    /// The first half and the rest; only the first if it is one body.
    #[must_use]
    pub fn split(mut self) -> (Self, Option<Self>) {
        let half = self.pieces.len().div_ceil(2);
        let rest = self.pieces.split_off(half);
        let rest = Self::new(rest, self.source.clone());
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
    let file = File::open(&at.path)?;
    let len = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let len = at.end.map_or(len, |end| end.min(len));
    let mut head = [0; HEADER_LEN];
    file.read_exact_at(&mut head, 0)?;
    let header = Header::decode(&head).map_err(io::Error::other)?;
    let mut window = max_bytes.saturating_add(RECORD_HEADER_LEN).max(HEADER_LEN);
    loop {
        let mut bytes = vec![0; window.min(len.saturating_sub(acked))];
        file.read_exact_at(&mut bytes, acked as u64)?;
        let pieces = pieces(header, &bytes, acked, max_bytes);
        // A window that holds no record may have cut the first one: read on.
        if !pieces.is_empty() || acked + bytes.len() >= len {
            return Ok(Parcel::new(pieces, Source::Segment(at.path.clone())));
        }
        window = window.saturating_mul(4);
    }
}

fn pieces(header: Header, bytes: &[u8], base: usize, max_bytes: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut size = 0;
    for record in SegmentReader::resume(header, bytes, base, base) {
        if record.header.state != State::Ready {
            continue;
        }
        if !pieces.is_empty() && size + record.body.len() > max_bytes {
            break;
        }
        size += record.body.len();
        pieces.push(Piece {
            bytes: record.body.to_vec(),
            items: record.header.count,
            end: record.end as u64,
        });
    }
    pieces
}
