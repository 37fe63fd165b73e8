//! Attribute values as they lie in a record.

use crate::record::reader::Reader;
use crate::site::StaticAttr;

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

    pub(crate) fn to_static(self) -> Option<StaticAttr> {
        match self {
            Self::Str(text) => Some(StaticAttr::Str(text.into())),
            Self::Int(number) => Some(StaticAttr::Int(number)),
            Self::Float(number) => Some(StaticAttr::Float(number)),
            Self::Bool(truth) => Some(StaticAttr::Bool(truth)),
            Self::Bytes(_) | Self::Array(_) => None,
        }
    }
}

impl<'a> From<&'a StaticAttr> for Value<'a> {
    fn from(value: &'a StaticAttr) -> Self {
        match value {
            StaticAttr::Str(text) => Self::Str(text),
            StaticAttr::Int(number) => Self::Int(*number),
            StaticAttr::Float(number) => Self::Float(*number),
            StaticAttr::Bool(truth) => Self::Bool(*truth),
        }
    }
}

/// The values of an array, checked when it was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Array<'a> {
    pub(crate) count: u32,
    pub(crate) bytes: &'a [u8],
}

impl<'a> Array<'a> {
    /// Its values in order.
    pub fn iter(&self) -> impl Iterator<Item = Value<'a>> + use<'a> {
        let mut reader = Reader::new(self.bytes);
        (0..self.count).map_while(move |_| reader.value())
    }
}
