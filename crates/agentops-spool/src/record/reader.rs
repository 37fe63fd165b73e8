//! Read records back, also damaged ones: every read is checked.

use crate::record::{HEADER_LEN, MAX_LEN, RecordKind};

/// A position in bytes that are being read.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Starts at the front of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What was not read yet.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next `len` bytes.
    pub fn bytes(&mut self, len: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(bytes)
    }

    /// The next `N` bytes.
    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    /// One byte.
    pub fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_le_bytes)
    }

    /// A 16-bit number.
    pub fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    /// A 32-bit number.
    pub fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    /// A 64-bit number.
    pub fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    /// A text with its length.
    pub fn text(&mut self) -> Option<&'a str> {
        let len = self.u32()? as usize;
        std::str::from_utf8(self.bytes(len)?).ok()
    }
}

/// One record, its header read, its body not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// What it is.
    pub kind: RecordKind,
    /// Three bytes of the kind's own.
    pub flags: [u8; 3],
    /// Everything behind the header.
    pub body: &'a [u8],
}

/// Splits committed bytes into records; stops at the first that is damaged.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    bytes: &'a [u8],
}

impl<'a> Records<'a> {
    /// Reads from the front of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Bytes that no record could be read from.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.bytes.len()
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let &[l0, l1, l2, l3, kind, flags @ ..] = self.bytes.first_chunk::<HEADER_LEN>()?;
        let len = u32::from_le_bytes([l0, l1, l2, l3]) as usize;
        let kind = RecordKind::from_u8(kind)?;
        if !(HEADER_LEN..=MAX_LEN).contains(&len) || !len.is_multiple_of(8) {
            return None;
        }
        let (record, rest) = self.bytes.split_at_checked(len)?;
        self.bytes = rest;
        Some(Record {
            kind,
            flags,
            body: &record[HEADER_LEN..],
        })
    }
}
