//! Attribute values as they lie in a record.

use crate::limits::cut_chars;
use crate::record::reader::Reader;

/// The first byte of a value.
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
pub(crate) enum Tag {
    Bool = 1,
    Int = 2,
    Float = 3,
    Str = 4,
    Bytes = 5,
    Array = 6,
}

/// So deep may arrays lie in one another.
pub(crate) const DEPTH: u32 = 4;

/// A value, borrowed from the record that holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Text.
    Str(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// Several values.
    Array(Array<'a>),
}

impl<'a> Value<'a> {
    /// The value with texts of at most `chars` characters, and bytes of at most as many.
    pub(crate) fn cut(self, chars: usize) -> Self {
        match self {
            Self::Str(text) => Self::Str(cut_chars(text, chars)),
            Self::Bytes(bytes) => Self::Bytes(&bytes[..bytes.len().min(chars)]),
            Self::Array(array) => Self::Array(Array {
                value_chars: array.value_chars.min(chars),
                ..array
            }),
            other => other,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&'a str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, if it is one that is not negative.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Int(number) => u64::try_from(*number).ok(),
            _ => None,
        }
    }
}

/// A value of one of the kinds that most are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Simple<'a> {
    /// A text of ASCII characters.
    Ascii(&'a [u8]),
    /// A whole number.
    Int(i64),
}

/// The values of an array, checked when it was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Array<'a> {
    pub(crate) count: u32,
    pub(crate) bytes: &'a [u8],
    /// Characters of each of its texts that are shown.
    value_chars: usize,
}

impl<'a> Array<'a> {
    /// Its values in order.
    pub fn iter(&self) -> impl Iterator<Item = Value<'a>> + use<'a> {
        let mut reader = Reader::new(self.bytes);
        let value_chars = self.value_chars;
        (0..self.count).map_while(move |_| Some(reader.value()?.cut(value_chars)))
    }
}

/// Values are read with what they are.
impl<'a> Reader<'a> {
    /// A value.
    pub fn value(&mut self) -> Option<Value<'a>> {
        self.value_within(DEPTH)
    }

    /// A value of one of the kinds that most are; `None`, and nothing is read, for any other.
    #[inline]
    pub(crate) fn simple(&mut self) -> Option<Simple<'a>> {
        let (&tag, rest) = self.rest().split_first()?;
        if tag == Tag::Int as u8 {
            let (number, rest) = rest.split_first_chunk()?;
            *self = Reader::new(rest);
            return Some(Simple::Int(i64::from_le_bytes(*number)));
        }
        if tag == Tag::Str as u8 {
            let (len, rest) = rest.split_first_chunk()?;
            let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
            // Cheaper to see than that it is UTF-8.
            if text.is_ascii() {
                *self = Reader::new(rest);
                return Some(Simple::Ascii(text));
            }
        }
        None
    }

    fn value_within(&mut self, depth: u32) -> Option<Value<'a>> {
        let tag = self.u8()?;
        Some(match tag {
            tag if tag == Tag::Bool as u8 => Value::Bool(self.u8()? != 0),
            tag if tag == Tag::Int as u8 => Value::Int(i64::from_le_bytes(self.array()?)),
            tag if tag == Tag::Float as u8 => Value::Float(f64::from_le_bytes(self.array()?)),
            tag if tag == Tag::Str as u8 => Value::Str(self.text()?),
            tag if tag == Tag::Bytes as u8 => {
                let len = self.u32()? as usize;
                Value::Bytes(self.bytes(len)?)
            }
            tag if tag == Tag::Array as u8 => {
                let count = self.u32()?;
                let before = self.rest();
                for _ in 0..count {
                    self.value_within(depth.checked_sub(1)?)?;
                }
                let bytes = &before[..before.len() - self.rest().len()];
                Value::Array(Array {
                    count,
                    bytes,
                    value_chars: usize::MAX,
                })
            }
            _ => return None,
        })
    }
}
