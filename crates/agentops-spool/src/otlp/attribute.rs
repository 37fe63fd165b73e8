//! Encode attributes as `opentelemetry.proto.common.v1.KeyValue`.

use crate::otlp::field;
use crate::otlp::wire::{Writer, put_varint, varint_len};
use crate::record::value::Value;

/// An attribute of a span without its value, encoded once for many values.
///
/// ```text
/// | tag | length | field `key` | tag of `value` | length |    both lengths 0
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EncodedKey(Box<[u8]>);

/// A message is not longer than this where its length is to take one byte.
const SHORT: usize = 0x7f;

impl EncodedKey {
    pub(crate) fn new(key: &str) -> Self {
        let mut out = Writer::default();
        out.raw(&[one_byte_tag(field::ATTRIBUTES, 2), 0]);
        out.text(1, key);
        out.raw(&[one_byte_tag(2, 2), 0]);
        Self(out.into_bytes().into_boxed_slice())
    }

    /// Writes the attribute with a text as its value.
    #[inline]
    pub(crate) fn put_text(&self, text: &[u8], out: &mut Writer) {
        let head = [one_byte_tag(1, 2), text.len().to_le_bytes()[0]];
        if text.len() > SHORT || !self.put_short(head.len() + text.len(), out) {
            return self.put_long(field_len(text.len()), |out| out.bytes(1, text), out);
        }
        out.raw(&head);
        out.raw(text);
    }

    /// Writes the attribute with a whole number as its value.
    #[inline]
    pub(crate) fn put_int(&self, number: i64, out: &mut Writer) {
        let mut value = [one_byte_tag(3, 0); 11];
        let len = 1 + put_varint(number.cast_unsigned(), &mut value[1..]);
        match self.put_short(len, out) {
            true => out.raw(&value[..len]),
            false => self.put_long(len, |out| out.raw(&value[..len]), out),
        }
    }

    /// Writes the attribute with a value.
    pub(crate) fn put(&self, value: &Value<'_>, out: &mut Writer) {
        let len = any_value_len(value);
        match self.put_short(len, out) {
            true => any_value(value, out),
            false => self.put_long(len, |out| any_value(value, out), out),
        }
    }

    /// Writes all but the fields of the value, which take `len` bytes; `false` if a length takes more than a byte.
    #[inline]
    fn put_short(&self, len: usize, out: &mut Writer) -> bool {
        let all = self.0.len() - 2 + len;
        if all > SHORT {
            return false;
        }
        let at = out.len();
        out.raw(&self.0);
        let bytes = out.as_mut_bytes();
        let last = bytes.len() - 1;
        bytes[at + 1] = all.to_le_bytes()[0];
        bytes[last] = len.to_le_bytes()[0];
        true
    }

    #[cold]
    fn put_long(&self, len: usize, value: impl FnOnce(&mut Writer), out: &mut Writer) {
        // Without its first tag and both lengths.
        let key = &self.0[2..self.0.len() - 2];
        out.tag(field::ATTRIBUTES, 2);
        out.varint((key.len() + field_len(len)) as u64);
        out.raw(key);
        out.tag(2, 2);
        out.varint(len as u64);
        value(out);
    }
}

/// The tag of a field below 16.
pub(crate) const fn one_byte_tag(field: u32, wire_type: u32) -> u8 {
    (field << 3 | wire_type).to_le_bytes()[0]
}

/// Writes a `KeyValue` as field `number`.
pub(crate) fn attribute(number: u32, key: &str, value: &Value<'_>, out: &mut Writer) {
    let value_len = any_value_len(value);
    let key_len = match key.len() {
        // As protobuf leaves empty texts out.
        0 => 0,
        len => field_len(len),
    };
    out.tag(number, 2);
    out.varint((key_len + field_len(value_len)) as u64);
    out.text(1, key);
    out.tag(2, 2);
    out.varint(value_len as u64);
    any_value(value, out);
}

/// Bytes of a field of `len` bytes with tag and length; tags below 16 take one.
fn field_len(len: usize) -> usize {
    1 + varint_len(len as u64) + len
}

/// Bytes that [`any_value`] writes.
fn any_value_len(value: &Value<'_>) -> usize {
    match value {
        Value::Str(text) => field_len(text.len()),
        Value::Bool(_) => 2,
        Value::Int(number) => 1 + varint_len(number.cast_unsigned()),
        Value::Float(_) => 9,
        Value::Array(array) => {
            let values = array.iter().map(|value| field_len(any_value_len(&value)));
            field_len(values.sum())
        }
        Value::Bytes(bytes) => field_len(bytes.len()),
    }
}

/// Writes the fields of an `AnyValue`.
fn any_value(value: &Value<'_>, out: &mut Writer) {
    match value {
        Value::Str(text) => out.bytes(1, text.as_bytes()),
        Value::Bool(truth) => out.member_uint(2, u64::from(*truth)),
        Value::Int(number) => out.member_uint(3, number.cast_unsigned()),
        Value::Float(number) => out.member_fixed64(4, number.to_bits()),
        Value::Array(array) => out.message(5, |out| {
            for value in array.iter() {
                out.message(1, |out| any_value(&value, out));
            }
        }),
        Value::Bytes(bytes) => out.bytes(7, bytes),
    }
}
