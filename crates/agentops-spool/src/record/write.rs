//! Write each kind of record, and read its fixed part back.
//!
//! One struct per kind holds the fixed part; `write` puts header and fixed part
//! into a cursor, after which the caller adds fields and calls [`finish`].

use crate::record::cursor::{Cursor, cut, length};
use crate::record::field::{FieldTag, Fields};
use crate::record::reader::{Reader, Record};
use crate::record::value::Tag;
use crate::record::{MAX_TEXT, MAX_WORDS, Reason, RecordKind, Status};

/// Header flag of a start: the parent lives in another process.
const PARENT_REMOTE: u8 = 1;
/// Header flag of a whole span: its times are Unix nanoseconds, not ticks.
const UNIX_TIMES: u8 = 2;

/// Who a span is and where it hangs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Call site, 0 for a foreign span.
    pub site: u32,
    /// Index of the session, 0 for none.
    pub session: u32,
    /// The trace.
    pub trace_id: [u8; 16],
    /// The span.
    pub span_id: [u8; 8],
    /// Its parent, zeros for a root.
    pub parent_id: [u8; 8],
    /// Whether the parent lives in another process.
    pub parent_remote: bool,
    /// W3C trace flags.
    pub trace_flags: u8,
}

impl Identity {
    /// The record from its header on to a time, as one array: that is written in one step.
    #[inline]
    fn bytes(&self, kind: RecordKind, flags: u8, last: u8, time: u64) -> [u8; 56] {
        let remote = if self.parent_remote { PARENT_REMOTE } else { 0 };
        let mut bytes = [0; 56];
        bytes[4..8].copy_from_slice(&[kind as u8, remote | flags, self.trace_flags, last]);
        bytes[8..12].copy_from_slice(&self.site.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.session.to_le_bytes());
        bytes[16..32].copy_from_slice(&self.trace_id);
        bytes[32..40].copy_from_slice(&self.span_id);
        bytes[40..48].copy_from_slice(&self.parent_id);
        bytes[48..56].copy_from_slice(&time.to_le_bytes());
        bytes
    }

    fn read(flags: [u8; 3], from: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            site: from.u32()?,
            session: from.u32()?,
            trace_id: from.array()?,
            span_id: from.array()?,
            parent_id: from.array()?,
            parent_remote: flags[0] & PARENT_REMOTE != 0,
            trace_flags: flags[1],
        })
    }
}

/// A span began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// Who it is.
    pub identity: Identity,
    /// When, in ticks.
    pub tick: u64,
}

impl Start {
    /// Writes header and fixed part.
    #[inline]
    pub fn write(&self, out: &mut Cursor<'_>) {
        out.array(self.identity.bytes(RecordKind::Start, 0, 0, self.tick));
    }

    /// Reads the fixed part and gives the fields.
    #[must_use]
    pub fn read<'a>(record: &Record<'a>) -> Option<(Self, Fields<'a>)> {
        let mut from = Reader::new(record.body);
        let start = Self {
            identity: Identity::read(record.flags, &mut from)?,
            tick: from.u64()?,
        };
        Some((start, Fields::new(from)))
    }
}

/// A span ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct End {
    /// Which.
    pub span_id: [u8; 8],
    /// When, in ticks.
    pub tick: u64,
    /// Success or failure.
    pub status: Status,
    /// How it came to its end.
    pub reason: Reason,
}

impl End {
    /// Writes header and fixed part, in one step.
    #[inline]
    pub fn write(&self, out: &mut Cursor<'_>) {
        let mut bytes = [0; 24];
        let (kind, status, reason) = (RecordKind::End, self.status, self.reason);
        bytes[4..7].copy_from_slice(&[kind as u8, status as u8, reason as u8]);
        bytes[8..16].copy_from_slice(&self.span_id);
        bytes[16..].copy_from_slice(&self.tick.to_le_bytes());
        out.array(bytes);
    }

    /// Reads the fixed part and gives the fields.
    #[must_use]
    pub fn read<'a>(record: &Record<'a>) -> Option<(Self, Fields<'a>)> {
        let mut from = Reader::new(record.body);
        let end = Self {
            span_id: from.array()?,
            tick: from.u64()?,
            status: Status::from_u8(record.flags[0]),
            reason: Reason::from_u8(record.flags[1]),
        };
        Some((end, Fields::new(from)))
    }
}

/// A whole span in one record: `Leaf` of a call site, or `Whole` made by other code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// Who it is; site 0 makes it a `Whole` record.
    pub identity: Identity,
    /// When it began.
    pub start: u64,
    /// When it ended.
    pub end: u64,
    /// Whether both are Unix nanoseconds instead of ticks.
    pub unix_times: bool,
    /// OpenTelemetry's number of the span kind; used for foreign spans.
    pub span_kind: u8,
    /// Success or failure.
    pub status: Status,
    /// How it came to its end.
    pub reason: Reason,
}

impl Whole {
    /// Writes header and fixed part.
    #[inline]
    pub fn write(&self, out: &mut Cursor<'_>) {
        let kind = match self.identity.site {
            0 => RecordKind::Whole,
            _ => RecordKind::Leaf,
        };
        let flags = if self.unix_times { UNIX_TIMES } else { 0 };
        let begun = self.identity.bytes(kind, flags, self.span_kind, self.start);
        out.array(begun);
        out.array(ended(self.end, self.status, self.reason));
    }

    /// Completes a record that was written before its span had ended, at the front of `out`.
    #[inline]
    pub fn complete(out: &mut Cursor<'_>, end: u64, status: Status, reason: Reason) {
        out.patch(56, &ended(end, status, reason));
    }

    /// Reads the fixed part and gives the fields.
    #[must_use]
    pub fn read<'a>(record: &Record<'a>) -> Option<(Self, Fields<'a>)> {
        let mut from = Reader::new(record.body);
        let whole = Self {
            identity: Identity::read(record.flags, &mut from)?,
            start: from.u64()?,
            end: from.u64()?,
            unix_times: record.flags[0] & UNIX_TIMES != 0,
            span_kind: record.flags[2],
            status: Status::from_u8(from.u8()?),
            reason: Reason::from_u8(from.u8()?),
        };
        Some((whole, Fields::new(from)))
    }
}

/// A session exists, or there is more to be said of it: the record may come again for an index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionStart {
    /// What records call it; never used twice in a process.
    pub index: u32,
    /// The capture it belongs to, 0 for none.
    pub realm: u32,
    /// The span that is the session; zeros if it has none.
    pub span_id: [u8; 8],
    /// Which word on the session this is: of two, the higher is the later one. 24 bits.
    pub revision: u32,
}

impl SessionStart {
    /// Writes header and fixed part; the fields are its id and all attributes that its spans get.
    pub fn write(&self, out: &mut Cursor<'_>) {
        let [low, middle, high, _] = self.revision.to_le_bytes();
        header(RecordKind::Session, [low, middle, high], out);
        out.u32(self.index);
        out.u32(self.realm);
        out.bytes(&self.span_id);
    }

    /// Reads the fixed part and gives the fields.
    #[must_use]
    pub fn read<'a>(record: &Record<'a>) -> Option<(Self, Fields<'a>)> {
        let mut from = Reader::new(record.body);
        let [low, middle, high] = record.flags;
        let session = Self {
            index: from.u32()?,
            realm: from.u32()?,
            span_id: from.array()?,
            revision: u32::from_le_bytes([low, middle, high, 0]),
        };
        Some((session, Fields::new(from)))
    }
}

/// Nothing refers to session `index` any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// The session's index.
    pub index: u32,
}

impl Release {
    /// Writes header and fixed part; it has no fields.
    pub fn write(&self, out: &mut Cursor<'_>) {
        header(RecordKind::Release, [0; 3], out);
        out.u32(self.index);
    }

    /// Reads the fixed part.
    #[must_use]
    pub fn read(record: &Record<'_>) -> Option<Self> {
        let index = Reader::new(record.body).u32()?;
        Some(Self { index })
    }
}

/// Something to count that made no span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Call site, 0 for none.
    pub site: u32,
    /// Index of the session, 0 for none.
    pub session: u32,
    /// When it ended, in ticks.
    pub tick: u64,
    /// How long it took, in nanoseconds.
    pub nanos: u64,
    /// Success or failure.
    pub status: Status,
    /// How it came to its end.
    pub reason: Reason,
}

impl Measure {
    /// Writes header and fixed part; the fields are attributes.
    pub fn write(&self, out: &mut Cursor<'_>) {
        header(
            RecordKind::Measure,
            [self.status as u8, self.reason as u8, 0],
            out,
        );
        out.u32(self.site);
        out.u32(self.session);
        out.u64(self.tick);
        out.u64(self.nanos);
    }

    /// Reads the fixed part and gives the fields.
    #[must_use]
    pub fn read<'a>(record: &Record<'a>) -> Option<(Self, Fields<'a>)> {
        let mut from = Reader::new(record.body);
        let measure = Self {
            site: from.u32()?,
            session: from.u32()?,
            tick: from.u64()?,
            nanos: from.u64()?,
            status: Status::from_u8(record.flags[0]),
            reason: Reason::from_u8(record.flags[1]),
        };
        Some((measure, Fields::new(from)))
    }
}

/// How a whole span came to its end.
#[inline]
fn ended(end: u64, status: Status, reason: Reason) -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes[..8].copy_from_slice(&end.to_le_bytes());
    bytes[8..].copy_from_slice(&[status as u8, reason as u8]);
    bytes
}

#[inline]
fn header(kind: RecordKind, [first, second, third]: [u8; 3], out: &mut Cursor<'_>) {
    // The length is written last, by `finish`.
    out.array([0, 0, 0, 0, kind as u8, first, second, third]);
}

/// Pads the record and writes its length; returns it.
#[inline]
pub fn finish(out: &mut Cursor<'_>) -> usize {
    out.pad();
    let len = out.len();
    out.patch(0, &u32::try_from(len).unwrap_or(u32::MAX).to_le_bytes());
    len
}

/// Field writers.
impl Cursor<'_> {
    /// Starts an attribute whose key is number `index` of the site; the value follows.
    #[inline]
    pub fn site_attr(&mut self, index: u16) {
        let [low, high] = index.to_le_bytes();
        self.array([FieldTag::SiteAttr as u8, low, high]);
    }

    /// Writes a text as attribute number `index` of the site, in as few steps as possible.
    #[inline]
    pub fn site_text(&mut self, index: u16, text: &str) {
        let text = cut(text, MAX_TEXT);
        let ([low, high], [a, b, c, d]) = (index.to_le_bytes(), length(text.len()).to_le_bytes());
        let (attr, value) = (FieldTag::SiteAttr as u8, Tag::Str as u8);
        self.array_and_bytes([attr, low, high, value, a, b, c, d], text.as_bytes());
    }

    /// Writes a whole number as attribute number `index` of the site, in one step.
    #[inline]
    pub fn site_i64(&mut self, index: u16, number: i64) {
        let [low, high] = index.to_le_bytes();
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&[FieldTag::SiteAttr as u8, low, high, Tag::Int as u8]);
        bytes[4..].copy_from_slice(&number.to_le_bytes());
        self.array(bytes);
    }

    /// Starts an attribute; the value follows.
    pub fn attr(&mut self, key: &str) {
        self.u8(FieldTag::Attr as u8);
        self.text(key);
    }

    /// Writes a field that is one text.
    pub fn text_field(&mut self, tag: FieldTag, text: &str) {
        self.u8(tag as u8);
        self.text(text);
    }

    /// Starts an event; `count` keys and values follow.
    pub fn event(&mut self, unix_nanos: u64, name: &str, count: u16) {
        self.u8(FieldTag::Event as u8);
        self.u64(unix_nanos);
        self.text(name);
        self.u16(count);
    }

    /// Starts a link; `count` keys and values follow.
    pub fn link(
        &mut self,
        trace_id: [u8; 16],
        span_id: [u8; 8],
        flags: u32,
        trace_state: &str,
        count: u16,
    ) {
        self.u8(FieldTag::Link as u8);
        self.bytes(&trace_id);
        self.bytes(&span_id);
        self.u32(flags);
        self.text(trace_state);
        self.u16(count);
    }

    /// Writes how many attributes, events and links limits dropped.
    pub fn dropped(&mut self, counts: [u32; 3]) {
        self.u8(FieldTag::Dropped as u8);
        for count in counts {
            self.u32(count);
        }
    }

    /// Writes the instrumentation scope.
    pub fn scope(&mut self, name: &str, version: &str) {
        self.u8(FieldTag::Scope as u8);
        self.text(name);
        self.text(version);
    }

    /// Starts captured content; the value follows.
    pub fn content(&mut self, key: &str, original_len: u64) {
        self.u8(FieldTag::Content as u8);
        self.text(key);
        self.u64(original_len);
    }

    /// Writes an error that a function returned, its words cut at [`MAX_WORDS`] bytes.
    pub fn error(&mut self, unix_nanos: u64, type_name: &str, words: &str) {
        self.u8(FieldTag::Error as u8);
        self.u64(unix_nanos);
        self.text(type_name);
        self.text_within(MAX_WORDS, words);
    }
}
