//! Protobuf wire format: fields into a buffer, and out of untrusted bytes.

/// A protobuf message that is being written.
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
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
    pub fn message(&mut self, field: u32, write: impl FnOnce(&mut Self)) {
        self.tag(field, 2);
        let start = self.out.len();
        write(self);
        // The length is known only now: make room for it in front of the fields.
        let len = self.out.len() - start;
        self.varint(len as u64);
        let length_bytes = self.out.len() - start - len;
        self.out[start..].rotate_right(length_bytes);
    }

    fn tag(&mut self, field: u32, wire_type: u32) {
        self.varint(u64::from(field << 3 | wire_type));
    }

    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.out.push(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.out.push(value.to_le_bytes()[0]);
    }
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
}

impl<'a> MessageFields<'a> {
    /// Reads `message`.
    #[must_use]
    pub fn new(message: &'a [u8]) -> Self {
        Self { rest: message }
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
}
