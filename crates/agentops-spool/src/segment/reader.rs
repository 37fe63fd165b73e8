//! Read segments back, also torn and damaged ones.

use crate::segment::format::{
    FormatError, HEADER_LEN, Header, RECORD_HEADER_LEN, RECORD_MAGIC, RecordHeader, checksum,
};

/// A record of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentRecord<'a> {
    /// What is said of the body.
    pub header: RecordHeader,
    /// The OTLP body.
    pub body: &'a [u8],
    /// Where the next record begins in the file.
    pub end: usize,
}

/// The records of a segment's bytes, in order.
#[derive(Clone, Debug)]
pub struct SegmentReader<'a> {
    header: Header,
    bytes: &'a [u8],
    /// Where `bytes` begin in the file.
    base: usize,
    pos: usize,
    damaged: usize,
}

impl<'a> SegmentReader<'a> {
    /// Reads a whole file.
    ///
    /// # Errors
    /// [`FormatError`] when its header cannot be read.
    pub fn new(bytes: &'a [u8]) -> Result<Self, FormatError> {
        let header = Header::decode(bytes)?;
        Ok(Self::resume(header, bytes, 0, HEADER_LEN))
    }

    /// Reads `bytes`, which begin at offset `base` of the file, from `pos` on.
    #[must_use]
    pub fn resume(header: Header, bytes: &'a [u8], base: usize, pos: usize) -> Self {
        Self {
            header,
            bytes,
            base,
            pos,
            damaged: 0,
        }
    }

    /// The segment's header.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Places so far where a record should have been and was damaged.
    #[must_use]
    pub fn damaged(&self) -> usize {
        self.damaged
    }

    fn read_at(&self, at: usize) -> Option<SegmentRecord<'a>> {
        let head = self.bytes.get(at..at + RECORD_HEADER_LEN)?;
        let header = RecordHeader::decode(head)?;
        let from = at + RECORD_HEADER_LEN;
        let body = self.bytes.get(from..from + header.len as usize)?;
        let crc = checksum(head, &self.header.id, body);
        (head[4..8] == crc.to_le_bytes()).then_some(SegmentRecord {
            header,
            body,
            end: self.base + at + header.stride(),
        })
    }
}

impl<'a> Iterator for SegmentReader<'a> {
    type Item = SegmentRecord<'a>;

    fn next(&mut self) -> Option<SegmentRecord<'a>> {
        let mut at = self.pos.saturating_sub(self.base);
        let mut lost = false;
        while at + RECORD_HEADER_LEN <= self.bytes.len() {
            if let Some(record) = self.read_at(at) {
                self.pos = record.end;
                self.damaged += usize::from(lost);
                return Some(record);
            }
            // Trap, lost lengths: one wrong bit in a length must not cost all that follows.
            // Records begin at multiples of 8; look for the next magic number.
            let rest = self.bytes[at..].chunks_exact(8);
            let zeros = rest.clone().all(|word| word == [0; 8]);
            if zeros {
                break;
            }
            lost = true;
            let magic = RECORD_MAGIC.to_le_bytes();
            let skipped = rest.skip(1).position(|word| word[..4] == magic);
            match skipped {
                Some(words) => at += 8 * (words + 1),
                None => break,
            }
        }
        self.damaged += usize::from(lost);
        self.pos = self.base + self.bytes.len();
        None
    }
}
