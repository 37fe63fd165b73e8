//! Protobuf wire format: fields into a buffer, and out of untrusted bytes.

/// A protobuf message that is being written.
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
}

impl From<Vec<u8>> for Writer {
    /// Writes behind `out`.
    fn from(out: Vec<u8>) -> Self {
        Self { out }
    }
}

impl Writer {
    /// The bytes written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// The bytes written so far.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.out
    }

    /// Appends fields that are encoded already.
    #[inline]
    pub fn raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// A `bytes`, `string` or message field.
    pub fn bytes(&mut self, field: u32, bytes: &[u8]) {
        self.tag(field, 2);
        self.varint(bytes.len() as u64);
        self.out.extend_from_slice(bytes);
    }

    /// A field as it was read.
    pub fn field(&mut self, field: u32, value: FieldValue<'_>) {
        match value {
            FieldValue::Varint(value) => self.member_uint(field, value),
            FieldValue::Fixed64(value) => self.member_fixed64(field, value),
            FieldValue::Bytes(bytes) => self.bytes(field, bytes),
            FieldValue::Fixed32(value) => {
                self.tag(field, 5);
                self.out.extend_from_slice(&value.to_le_bytes());
            }
        }
    }

    /// A `string` field, left out when empty, as protobuf does.
    pub fn text(&mut self, field: u32, text: &str) {
        if !text.is_empty() {
            self.bytes(field, text.as_bytes());
        }
    }

    /// An integer or enum field, left out when 0.
    pub fn uint(&mut self, field: u32, value: u64) {
        if value != 0 {
            self.tag(field, 0);
            self.varint(value);
        }
    }

    /// An integer field that is written also when 0: a member of a `oneof`.
    pub fn member_uint(&mut self, field: u32, value: u64) {
        self.tag(field, 0);
        self.varint(value);
    }

    /// A `fixed64` field, left out when 0.
    pub fn fixed64(&mut self, field: u32, value: u64) {
        if value != 0 {
            self.member_fixed64(field, value);
        }
    }

    /// A `fixed64` or `double` field that is written also when 0.
    pub fn member_fixed64(&mut self, field: u32, value: u64) {
        self.tag(field, 1);
        self.out.extend_from_slice(&value.to_le_bytes());
    }

    /// A `fixed32` field, left out when 0.
    pub fn fixed32(&mut self, field: u32, value: u32) {
        if value != 0 {
            self.tag(field, 5);
            self.out.extend_from_slice(&value.to_le_bytes());
        }
    }

    /// A message field whose fields `write` writes.
    pub fn message<R>(&mut self, field: u32, write: impl FnOnce(&mut Self) -> R) -> R {
        self.message_of::<1, R>(field, write)
    }

    /// The same, for a message whose length is expected to take `LENGTH` bytes.
    pub(crate) fn message_of<const LENGTH: usize, R>(
        &mut self,
        field: u32,
        write: impl FnOnce(&mut Self) -> R,
    ) -> R {
        self.tag(field, 2);
        let at = self.out.len();
        self.out.extend_from_slice(&[0; LENGTH]);
        let written = write(self);
        // The length is known only now; where it was expected right, the fields stand in place.
        let len = self.out.len() - at - LENGTH;
        let taken = varint_len(len as u64);
        if taken != LENGTH {
            self.shift(at + LENGTH, at + taken);
        }
        put_varint(len as u64, &mut self.out[at..]);
        written
    }

    /// Moves all from `from` on to where it begins at `to`.
    #[cold]
    pub(crate) fn shift(&mut self, from: usize, to: usize) {
        let end = self.out.len();
        if from < to {
            self.out.resize(end + to - from, 0);
        }
        self.out.copy_within(from..end, to);
        self.out.truncate(end - from + to);
    }

    /// Bytes written so far.
    pub(crate) fn len(&self) -> usize {
        self.out.len()
    }

    /// Bytes there is memory for.
    pub(crate) fn capacity(&self) -> usize {
        self.out.capacity()
    }

    /// Takes back what was written behind the first `len` bytes.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.out.truncate(len);
    }

    /// The bytes written so far, to be changed in place.
    pub(crate) fn as_mut_bytes(&mut self) -> &mut [u8] {
        &mut self.out
    }

    pub(crate) fn tag(&mut self, field: u32, wire_type: u32) {
        self.varint(u64::from(field << 3 | wire_type));
    }

    #[inline]
    pub(crate) fn varint(&mut self, value: u64) {
        // Nearly all lengths and numbers are short.
        if value < 0x80 {
            self.out.push(value.to_le_bytes()[0]);
            return;
        }
        let mut bytes = [0; 10];
        let len = put_varint(value, &mut bytes);
        self.out.extend_from_slice(&bytes[..len]);
    }
}

/// Bytes that a number takes.
pub(crate) fn varint_len(value: u64) -> usize {
    (70 - (value | 1).leading_zeros() as usize) / 7
}

/// Writes a number to the front of `out`, which has room for it, and returns how long it is.
#[inline]
pub(crate) fn put_varint(mut value: u64, out: &mut [u8]) -> usize {
    for (len, byte) in (1..).zip(out) {
        let low = value.to_le_bytes()[0];
        value >>= 7;
        if value == 0 {
            *byte = low & 0x7f;
            return len;
        }
        *byte = low | 0x80;
    }
    0
}

/// The value of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldValue<'a> {
    /// Of wire type 0.
    Varint(u64),
    /// Of wire type 1.
    Fixed64(u64),
    /// Of wire type 2.
    Bytes(&'a [u8]),
    /// Of wire type 5.
    Fixed32(u32),
}

impl<'a> FieldValue<'a> {
    /// The bytes of a field of wire type 2.
    #[must_use]
    pub fn as_bytes(self) -> Option<&'a [u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// The fields of a message, until its end or the first damaged one.
#[derive(Clone, Debug)]
pub struct MessageFields<'a> {
    rest: &'a [u8],
    damaged: bool,
}

impl<'a> MessageFields<'a> {
    /// Reads `message`.
    #[must_use]
    pub fn new(message: &'a [u8]) -> Self {
        Self {
            rest: message,
            damaged: false,
        }
    }

    /// Whether a field was met that cannot be read, behind which nothing is.
    pub(crate) fn is_damaged(&self) -> bool {
        self.damaged
    }

    fn field(&mut self) -> Option<(u32, FieldValue<'a>)> {
        let tag = self.varint()?;
        let field = u32::try_from(tag >> 3).ok()?;
        let value = match tag & 7 {
            0 => FieldValue::Varint(self.varint()?),
            1 => FieldValue::Fixed64(u64::from_le_bytes(self.take()?)),
            2 => {
                let len = usize::try_from(self.varint()?).ok()?;
                let (bytes, rest) = self.rest.split_at_checked(len)?;
                self.rest = rest;
                FieldValue::Bytes(bytes)
            }
            5 => FieldValue::Fixed32(u32::from_le_bytes(self.take()?)),
            _ => return None,
        };
        Some((field, value))
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*bytes)
    }
}

impl<'a> Iterator for MessageFields<'a> {
    type Item = (u32, FieldValue<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.damaged = true;
            self.rest = &[];
        }
        field
    }
}
