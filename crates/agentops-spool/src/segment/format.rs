//! Layout of a segment's header and of its records' headers.

use crate::record::reader::Reader;

/// First bytes of a segment.
pub const MAGIC: [u8; 8] = *b"AGSPOOL\0";
/// Version of the layout; a file with a higher one is left alone.
pub const VERSION: u32 = 1;
/// Bytes of a segment's header.
pub const HEADER_LEN: usize = 64;
/// First bytes of a record.
pub const RECORD_MAGIC: u32 = 0x6472_6741;
/// Bytes of a record's header.
pub const RECORD_HEADER_LEN: usize = 48;
/// A body is never longer than this.
pub const MAX_BODY: usize = 64 << 20;

/// Which of OpenTelemetry's three a body is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Signal {
    /// Spans.
    Traces = 1,
    /// Metrics.
    Metrics = 2,
    /// Logs.
    Logs = 3,
}

impl Signal {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Traces, Self::Metrics, Self::Logs];

    /// Its name, which is also the ending of its segments.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Traces => "traces",
            Self::Metrics => "metrics",
            Self::Logs => "logs",
        }
    }

    const fn from_u8(value: u8) -> Option<Self> {
        Some(match value {
            1 => Self::Traces,
            2 => Self::Metrics,
            3 => Self::Logs,
            _ => return None,
        })
    }
}

/// What is to become of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// Send it.
    Ready = 1,
    /// Spans that began; never sent, completed or marked incomplete by who adopts them.
    Open = 2,
    /// Spans that wait for a decision of a tail sampler.
    Undecided = 3,
    /// The decision on the session of undecided bodies.
    Decision = 4,
    /// Ids of open spans that ended since.
    Closed = 5,
}

impl State {
    const fn from_u8(value: u8) -> Option<Self> {
        Some(match value {
            1 => Self::Ready,
            2 => Self::Open,
            3 => Self::Undecided,
            4 => Self::Decision,
            5 => Self::Closed,
            _ => return None,
        })
    }
}

/// The header of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Of the segment; ties records to their file.
    pub id: [u8; 16],
    /// Of the process that writes it.
    pub instance: [u8; 16],
    /// Hash of destination and account.
    pub destination: u64,
    /// What it holds.
    pub signal: Signal,
}

impl Header {
    /// The bytes at the front of the file.
    #[must_use]
    pub fn encode(&self) -> [u8; HEADER_LEN] {
        let mut out = [0; HEADER_LEN];
        out[..8].copy_from_slice(&MAGIC);
        out[8..12].copy_from_slice(&VERSION.to_le_bytes());
        out[12..16].copy_from_slice(&64u32.to_le_bytes());
        out[16..32].copy_from_slice(&self.id);
        out[32..48].copy_from_slice(&self.instance);
        out[48..56].copy_from_slice(&self.destination.to_le_bytes());
        out[56] = self.signal as u8;
        let crc = crc32c::crc32c(&out[..60]);
        out[60..].copy_from_slice(&crc.to_le_bytes());
        out
    }

    /// Reads the front of a file, of which one bit may be wrong.
    ///
    /// # Errors
    /// [`FormatError`] when it is no segment of a version known here.
    pub fn decode(bytes: &[u8]) -> Result<Self, FormatError> {
        let header = bytes.first_chunk().ok_or(FormatError::NotASegment)?;
        Self::read(header).or_else(|error| Self::repair(*header).ok_or(error))
    }

    /// Reads a header of which one bit is wrong. There is no other that near to it: two of this
    /// length whose sums are right differ in six bits at least (Castagnoli, Braeuer and Herrmann,
    /// 1993, who chose the polynomial for that).
    fn repair(mut header: [u8; HEADER_LEN]) -> Option<Self> {
        let bits = (0..HEADER_LEN).flat_map(|at| (0..8).map(move |bit| (at, 1 << bit)));
        for (at, bit) in bits {
            header[at] ^= bit;
            if let Ok(repaired) = Self::read(&header) {
                return Some(repaired);
            }
            header[at] ^= bit;
        }
        None
    }

    fn read(header: &[u8; HEADER_LEN]) -> Result<Self, FormatError> {
        let mut from = Reader::new(header);
        if from.array() != Some(MAGIC) {
            return Err(FormatError::NotASegment);
        }
        let version = from.u32().unwrap_or(0);
        if version > VERSION {
            return Err(FormatError::Newer(version));
        }
        if crc32c::crc32c(&header[..60]).to_le_bytes() != header[60..] {
            return Err(FormatError::Damaged);
        }
        let read = |from: &mut Reader<'_>| {
            let _header_len = from.u32()?;
            Some(Self {
                id: from.array()?,
                instance: from.array()?,
                destination: from.u64()?,
                signal: Signal::from_u8(from.u8()?)?,
            })
        };
        read(&mut from).ok_or(FormatError::Damaged)
    }
}

impl Header {
    /// The header of a segment of which it is damaged, as far as records need it: only its id.
    #[must_use]
    pub fn guess(bytes: &[u8], signal: Signal) -> Option<Self> {
        let mut from = Reader::new(bytes.get(16..HEADER_LEN)?);
        Some(Self {
            id: from.array()?,
            instance: from.array()?,
            destination: from.u64()?,
            signal,
        })
    }
}

/// What is said of a body, in front of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordHeader {
    /// Bytes of the body.
    pub len: u32,
    /// Spans in it; 1 for metrics and logs.
    pub count: u32,
    /// Counts the records of a segment from 0.
    pub seq: u64,
    /// Hash of the session id, 0 for none.
    pub session_hash: u64,
    /// When it was written, in milliseconds since the Unix epoch.
    pub unix_millis: u64,
    /// What records of the process called the session; for open spans.
    pub session_index: u32,
    /// What it is of.
    pub signal: Signal,
    /// What is to become of it.
    pub state: State,
}

impl RecordHeader {
    /// The bytes in front of `body`, of the segment `segment_id`.
    #[must_use]
    pub fn encode(&self, segment_id: &[u8; 16], body: &[u8]) -> [u8; RECORD_HEADER_LEN] {
        let mut out = [0; RECORD_HEADER_LEN];
        out[..4].copy_from_slice(&RECORD_MAGIC.to_le_bytes());
        out[8..12].copy_from_slice(&self.len.to_le_bytes());
        out[12..16].copy_from_slice(&self.count.to_le_bytes());
        out[16..24].copy_from_slice(&self.seq.to_le_bytes());
        out[24..32].copy_from_slice(&self.session_hash.to_le_bytes());
        out[32..40].copy_from_slice(&self.unix_millis.to_le_bytes());
        out[40..44].copy_from_slice(&self.session_index.to_le_bytes());
        out[44] = self.signal as u8;
        out[45] = self.state as u8;
        let crc = checksum(&out, segment_id, body);
        out[4..8].copy_from_slice(&crc.to_le_bytes());
        out
    }

    /// Reads a header without checking its sum; `None` if it cannot be one.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        if from.u32()? != RECORD_MAGIC {
            return None;
        }
        let _crc = from.u32()?;
        let header = Self {
            len: from.u32()?,
            count: from.u32()?,
            seq: from.u64()?,
            session_hash: from.u64()?,
            unix_millis: from.u64()?,
            session_index: from.u32()?,
            signal: Signal::from_u8(from.u8()?)?,
            state: State::from_u8(from.u8()?)?,
        };
        // Trap, lost lengths: nothing is allocated for a length that cannot be.
        (header.len as usize <= MAX_BODY).then_some(header)
    }

    /// Bytes of header, body and padding.
    #[must_use]
    pub fn stride(&self) -> usize {
        (RECORD_HEADER_LEN + self.len as usize).next_multiple_of(8)
    }
}

/// Trap, torn records: the segment's id is part of the sum, so that what a file held before it was
/// used again is no record of this segment.
///
/// CRC32C over the header from byte 8 on, the segment's id and the body.
#[must_use]
pub(crate) fn checksum(header: &[u8], segment_id: &[u8; 16], body: &[u8]) -> u32 {
    let crc = crc32c::crc32c(&header[8..RECORD_HEADER_LEN]);
    crc32c::crc32c_append(crc32c::crc32c_append(crc, segment_id), body)
}

/// FNV-1a, the hash of session ids and destinations in file names and headers.
#[must_use]
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Why a file was not read as a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// It is none, or was never completed.
    #[error("not a segment file")]
    NotASegment,
    /// Its header does not match its sum.
    #[error("the segment's header is damaged")]
    Damaged,
    /// A newer version of this library wrote it; it is left alone.
    #[error("written by a newer version ({0})")]
    Newer(u32),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_with_one_bit_wrong_and_never_as_another() {
        let header = Header {
            id: *b"segment-id-16-by",
            instance: *b"instance-16-byte",
            destination: 0x0123_4567_89ab_cdef,
            signal: Signal::Logs,
        };
        let written = header.encode();
        for first in 0..HEADER_LEN * 8 {
            let mut bytes = written;
            bytes[first / 8] ^= 1 << (first % 8);
            assert_eq!(Header::decode(&bytes), Ok(header), "{first}");
            let second = (first * 7 + 3) % (HEADER_LEN * 8);
            if second != first {
                bytes[second / 8] ^= 1 << (second % 8);
                assert!(Header::decode(&bytes).is_err(), "{first} {second}");
            }
        }
    }
}
