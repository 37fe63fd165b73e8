//! The fields behind the fixed part of a record.

use crate::record::reader::Reader;
use crate::record::value::Value;

/// The first byte of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum FieldTag {
    /// Padding; no field follows.
    End = 0,
    /// An attribute whose key is the site's: `u16` index, value.
    SiteAttr = 1,
    /// An attribute with its key: text, value.
    Attr = 2,
    /// The span's name: text.
    Name = 3,
    /// The description of the status: text.
    Message = 4,
    /// An event: `u64` time, text name, `u16` count, that many keys and values.
    Event = 5,
    /// A link: trace id, span id, `u32` flags, text trace state, `u16` count, keys and values.
    Link = 6,
    /// What limits cost: `u32` attributes, `u32` events, `u32` links dropped.
    Dropped = 7,
    /// The instrumentation scope: text name, text version.
    Scope = 8,
    /// The W3C trace state: text.
    TraceState = 9,
    /// A session's id: text.
    SessionId = 10,
    /// Captured content: text key, `u64` original length in bytes, value. A span shows it masked.
    Content = 11,
    /// An error that the function returned: `u64` time, text type, text words. A span shows them masked.
    Error = 12,
}

/// A field, borrowed from its record.
#[derive(Clone, Debug, PartialEq)]
pub enum Field<'a> {
    /// An attribute whose key is the site's.
    SiteAttr(u16, Value<'a>),
    /// An attribute with its key.
    Attr(&'a str, Value<'a>),
    /// The span's name.
    Name(&'a str),
    /// The description of the status.
    Message(&'a str),
    /// An event.
    Event(Event<'a>),
    /// A link.
    Link(Link<'a>),
    /// Attributes, events and links that limits dropped.
    Dropped([u32; 3]),
    /// The instrumentation scope, name and version.
    Scope(&'a str, &'a str),
    /// The W3C trace state.
    TraceState(&'a str),
    /// A session's id.
    SessionId(&'a str),
    /// Captured content.
    Content(Content<'a>),
    /// An error that the function returned.
    Error(Error<'a>),
}

/// Something that happened at a moment within a span.
#[derive(Clone, Debug, PartialEq)]
pub struct Event<'a> {
    /// Nanoseconds since the Unix epoch.
    pub unix_nanos: u64,
    /// What happened.
    pub name: &'a str,
    /// Keys and values.
    pub attributes: Vec<(&'a str, Value<'a>)>,
    /// Attributes that a limit dropped.
    pub dropped: u32,
}

/// A reference to another span.
#[derive(Clone, Debug, PartialEq)]
pub struct Link<'a> {
    /// Trace of the other span.
    pub trace_id: [u8; 16],
    /// The other span.
    pub span_id: [u8; 8],
    /// Its trace flags.
    pub flags: u32,
    /// Its trace state.
    pub trace_state: &'a str,
    /// Keys and values.
    pub attributes: Vec<(&'a str, Value<'a>)>,
    /// Attributes that a limit dropped.
    pub dropped: u32,
}

/// An argument or a result, recorded under the content policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Content<'a> {
    /// The attribute's key.
    pub key: &'a str,
    /// Bytes before it was cut.
    pub original_len: u64,
    /// What is left.
    pub value: Value<'a>,
}

/// An error that a function returned.
#[derive(Clone, Debug, PartialEq)]
pub struct Error<'a> {
    /// Nanoseconds since the Unix epoch.
    pub unix_nanos: u64,
    /// Its type.
    pub type_name: &'a str,
    /// What it says; empty if it has no words.
    pub words: &'a str,
}

/// Reads fields until the padding, or until the first damaged one.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    reader: Reader<'a>,
}

impl<'a> Fields<'a> {
    /// The fields that `reader` stands before.
    #[must_use]
    pub fn new(reader: Reader<'a>) -> Self {
        Self { reader }
    }

    /// The fields that lie in `bytes`.
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self::new(Reader::new(bytes))
    }

    /// Where those are read from that were not read yet.
    pub(crate) fn reader(&self) -> Reader<'a> {
        self.reader.clone()
    }

    /// The bytes of those that were not read yet.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.reader.rest()
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Field<'a>;

    fn next(&mut self) -> Option<Field<'a>> {
        use FieldTag as T;
        let from = &mut self.reader;
        let tag = from.u8()?;
        Some(match tag {
            tag if tag == T::SiteAttr as u8 => Field::SiteAttr(from.u16()?, from.value()?),
            tag if tag == T::Attr as u8 => Field::Attr(from.text()?, from.value()?),
            tag if tag == T::Name as u8 => Field::Name(from.text()?),
            tag if tag == T::Message as u8 => Field::Message(from.text()?),
            tag if tag == T::Event as u8 => Field::Event(Event {
                unix_nanos: from.u64()?,
                name: from.text()?,
                attributes: attributes(from)?,
                dropped: 0,
            }),
            tag if tag == T::Link as u8 => Field::Link(Link {
                trace_id: from.array()?,
                span_id: from.array()?,
                flags: from.u32()?,
                trace_state: from.text()?,
                attributes: attributes(from)?,
                dropped: 0,
            }),
            tag if tag == T::Dropped as u8 => {
                Field::Dropped([from.u32()?, from.u32()?, from.u32()?])
            }
            tag if tag == T::Scope as u8 => Field::Scope(from.text()?, from.text()?),
            tag if tag == T::TraceState as u8 => Field::TraceState(from.text()?),
            tag if tag == T::SessionId as u8 => Field::SessionId(from.text()?),
            tag if tag == T::Content as u8 => Field::Content(Content {
                key: from.text()?,
                original_len: from.u64()?,
                value: from.value()?,
            }),
            tag if tag == T::Error as u8 => Field::Error(Error {
                unix_nanos: from.u64()?,
                type_name: from.text()?,
                words: from.text()?,
            }),
            _ => return None,
        })
    }
}

fn attributes<'a>(from: &mut Reader<'a>) -> Option<Vec<(&'a str, Value<'a>)>> {
    let count = from.u16()?;
    let mut attributes = Vec::new();
    for _ in 0..count {
        attributes.push((from.text()?, from.value()?));
    }
    Some(attributes)
}
