//! Records: what threads write into their chunks.
//!
//! A record is a header of 8 bytes (length of the whole record in bytes, kind,
//! three bytes of the kind's own), a fixed part and a list of fields, padded to
//! 8 bytes. All numbers are little-endian. ARCHITECTURE.md has the layout of
//! every kind; golden files in `tests/golden` freeze it.

pub mod cursor;
pub mod field;
pub mod reader;
pub mod value;
pub mod write;

/// Bytes of a record's header.
pub const HEADER_LEN: usize = 8;

/// A record is never longer than this; what would be is counted as lost.
pub const MAX_LEN: usize = 4 << 20;

/// A text or byte value is cut here, on a character boundary.
pub const MAX_TEXT: usize = 256 << 10;

/// The words of an error are cut here: those that are shown, and some by which a secret is known.
pub const MAX_WORDS: usize = MAX_TEXT + 1024;

/// The kind of a record, its fifth byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum RecordKind {
    /// Nothing; skip it.
    Pad = 0,
    /// A span began.
    Start = 1,
    /// A span ended.
    End = 2,
    /// A whole span of a call site.
    Leaf = 3,
    /// A whole span with its name and scope in it, made by other OpenTelemetry code.
    Whole = 4,
    /// A session exists; later records name it by its index. One that comes again tells more of it.
    Session = 5,
    /// Nothing refers to a session any more.
    Release = 6,
    /// Something to count that made no span, such as an unsampled LLM call.
    Measure = 7,
}

impl RecordKind {
    const fn from_u8(value: u8) -> Option<Self> {
        Some(match value {
            0 => Self::Pad,
            1 => Self::Start,
            2 => Self::End,
            3 => Self::Leaf,
            4 => Self::Whole,
            5 => Self::Session,
            6 => Self::Release,
            7 => Self::Measure,
            _ => return None,
        })
    }
}

/// How a span came to its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Reason {
    /// The function returned.
    #[default]
    Returned = 0,
    /// It panicked.
    Panicked = 1,
    /// Its future was dropped before completion.
    Cancelled = 2,
    /// Its process ended first, or the program shut telemetry down first.
    Incomplete = 3,
}

impl Reason {
    pub(crate) const fn from_u8(value: u8) -> Self {
        match value {
            1 => Self::Panicked,
            2 => Self::Cancelled,
            3 => Self::Incomplete,
            _ => Self::Returned,
        }
    }
}

/// The status of a span, as OpenTelemetry numbers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// Nothing is known.
    #[default]
    Unset = 0,
    /// It succeeded.
    Ok = 1,
    /// It failed.
    Error = 2,
}

impl Status {
    pub(crate) const fn from_u8(value: u8) -> Self {
        match value {
            1 => Self::Ok,
            2 => Self::Error,
            _ => Self::Unset,
        }
    }
}
