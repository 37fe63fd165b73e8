//! Segment files: OTLP bodies on disk, one after the other.
//!
//! ```text
//! | header 64 | record header 48 | body | pad to 8 | record header | body | ..
//! ```
//!
//! A segment has one writer and is only appended to. Each record carries a
//! CRC32C over its header, the segment's id and its body, and a magic number to
//! find the next record behind a damaged one. ARCHITECTURE.md has the layout;
//! golden files in `tests/golden` freeze it.

pub mod format;
pub mod reader;
pub mod unsynced;
pub mod writer;
