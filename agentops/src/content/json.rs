//! JSON text of the program's own values, cut where it is too long.

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use agentops_spool::record::MAX_TEXT;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::stack::Stack;
use serde::Serialize;

use crate::llm::sniff::{Found, sniff};

/// Why a value is given up that would take the whole stack.
const TOO_DEEP: &str = "nested too deep";

/// Bytes of a text that are escaped at a time.
const MAX_PIECE: usize = 4096;

/// Used by `#[agentops::..]` to say what is recorded of a value.
#[derive(Clone, Copy)]
pub enum Content<'a> {
    /// Its JSON.
    Json(&'a dyn Serializable),
    /// Its `Debug` form, as a string.
    Debug(&'a dyn fmt::Debug),
    /// Its `Display` form, as a string.
    Display(&'a dyn fmt::Display),
    /// The name of its type, as a string.
    Type(&'static str),
    /// There is no value, but an error.
    Nothing,
}

impl fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Json(_) => "Json",
            Self::Debug(_) => "Debug",
            Self::Display(_) => "Display",
            Self::Type(name) => name,
            Self::Nothing => "Nothing",
        })
    }
}

impl Content<'_> {
    /// What the value says about an LLM call, if it serializes.
    pub(crate) fn found(&self) -> Option<Box<Found>> {
        match self {
            Self::Json(value) => {
                catch_unwind(AssertUnwindSafe(|| value.found())).unwrap_or_default()
            }
            Self::Debug(_) | Self::Display(_) | Self::Type(_) | Self::Nothing => None,
        }
    }
}

/// A value that serializes, its type forgotten.
pub trait Serializable {
    /// Writes it as JSON.
    #[doc(hidden)]
    fn to_json(&self, out: &mut Json) -> serde_json::Result<()>;

    /// Reads what it says about an LLM call.
    #[doc(hidden)]
    fn found(&self) -> Option<Box<Found>>;
}

impl<T: Serialize> Serializable for T {
    fn to_json(&self, out: &mut Json) -> serde_json::Result<()> {
        serde_json::to_writer(out, self)
    }

    fn found(&self) -> Option<Box<Found>> {
        sniff(self)
    }
}

/// JSON that is being written: so many bytes are kept, all are counted.
#[derive(Clone, Debug)]
pub struct Json {
    text: Vec<u8>,
    /// Bytes that are kept.
    limit: usize,
    /// Bytes written, kept or not.
    len: usize,
    /// Where the value began that is being written.
    stack: Option<Stack>,
}

impl Default for Json {
    fn default() -> Self {
        Self {
            text: Vec::new(),
            limit: MAX_TEXT,
            len: 0,
            stack: None,
        }
    }
}

impl io::Write for Json {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stack.is_some_and(Stack::is_deep) {
            return Err(io::Error::other(TOO_DEEP));
        }
        self.push(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Json {
    /// The JSON of one value.
    pub(crate) fn of(content: Content<'_>) -> Self {
        let mut json = Self::default();
        json.value(content);
        json
    }

    /// Appends what is JSON already.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.len += bytes.len();
        let room = self.limit.saturating_sub(self.text.len());
        if bytes.len() <= room {
            self.text.extend_from_slice(bytes);
            return;
        }
        // The last character is kept whole or not at all, and nothing behind a gap.
        let is_inside = |at: &usize| bytes[*at] & 0xc0 == 0x80;
        let end = (0..=room).rev().find(|at| !is_inside(at)).unwrap_or(0);
        self.text.extend_from_slice(&bytes[..end]);
        self.limit = self.text.len();
    }

    /// Appends a value; one that panics, cannot be JSON or is nested too deep is replaced by a remark.
    pub(crate) fn value(&mut self, content: Content<'_>) {
        let before = (self.text.len(), self.len, self.limit);
        self.stack = Some(Stack::here());
        let write = AssertUnwindSafe(|| match content {
            Content::Json(value) => value.to_json(self),
            Content::Debug(value) => self.formatted(format_args!("{value:?}")),
            Content::Display(value) => self.formatted(format_args!("{value}")),
            Content::Type(name) => self.remark(name),
            Content::Nothing => serde_json::to_writer(&mut *self, &()),
        });
        let remark = match catch_unwind(write) {
            Ok(Ok(())) => return,
            Ok(Err(error)) => format!("not serializable: {error}"),
            Err(_) => "formatting panicked".to_owned(),
        };
        self.text.truncate(before.0);
        (self.len, self.limit) = (before.1, before.2);
        // A vector takes all that is written.
        let _ = self.remark(&remark);
    }

    /// Appends the program's own formatting as a string.
    fn formatted(&mut self, value: fmt::Arguments<'_>) -> serde_json::Result<()> {
        self.push(b"\"");
        let mut escaped = Escaped {
            json: self,
            piece: Vec::new(),
            is_deep: false,
        };
        if fmt::write(&mut escaped, value).is_err() {
            let told = match escaped.is_deep {
                true => TOO_DEEP,
                false => "its formatting gave an error",
            };
            return Err(serde_json::Error::io(io::Error::other(told)));
        }
        self.push(b"\"");
        Ok(())
    }

    /// Appends another piece of JSON, of which some may have been cut.
    pub(crate) fn append(&mut self, other: &Self) {
        self.push(&other.text);
        if other.len > other.text.len() {
            // Nothing is kept behind a gap.
            self.len += other.len - other.text.len();
            self.limit = self.text.len();
        }
    }

    fn remark(&mut self, text: &str) -> serde_json::Result<()> {
        serde_json::to_writer(self, &format_args!("<{text}>"))
    }

    /// Keeps [`MAX_TEXT`] bytes of what comes next, whatever there is already.
    pub(crate) fn make_room(&mut self) {
        self.limit = self.text.len() + MAX_TEXT;
    }

    /// Bytes written, kept or not.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Bytes that are kept.
    pub(crate) fn kept_len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was written.
    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Writes it as the content `key` of a record.
    pub(crate) fn write(&self, key: &str, out: &mut Cursor<'_>) {
        out.content(key, u64::try_from(self.len).unwrap_or(u64::MAX));
        out.str_value(self.text());
    }

    /// What is kept.
    pub(crate) fn text(&self) -> &str {
        // A serializer may write what it likes; what is no text is left out from there on.
        let whole = match std::str::from_utf8(&self.text) {
            Ok(text) => return text,
            Err(error) => error.valid_up_to(),
        };
        std::str::from_utf8(&self.text[..whole]).unwrap_or_default()
    }
}

/// Takes the `Debug` form of a value as the inside of a JSON string.
///
/// serde's `collect_str` would do, if it did not panic where a `Debug` returns an error.
struct Escaped<'a> {
    json: &'a mut Json,
    piece: Vec<u8>,
    is_deep: bool,
}

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, mut text: &str) -> fmt::Result {
        if self.json.stack.is_some_and(Stack::is_deep) {
            self.is_deep = true;
            return Err(fmt::Error);
        }
        while !text.is_empty() {
            let (piece, rest) = text.split_at(text.floor_char_boundary(MAX_PIECE));
            self.piece.clear();
            // A vector takes all that is written.
            let _ = serde_json::to_writer(&mut self.piece, piece);
            let inside = self.piece.len().saturating_sub(1);
            self.json
                .push(self.piece.get(1..inside).unwrap_or_default());
            text = rest;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(content: Content<'_>) -> String {
        let mut json = Json::default();
        json.value(content);
        json.text().to_owned()
    }

    #[test]
    fn values_are_written_as_well_as_their_type_can_say() {
        assert_eq!(text(Content::Json(&("a\"b", 1))), r#"["a\"b",1]"#);
        assert_eq!(text(Content::Debug(&Some("x"))), r#""Some(\"x\")""#);
        assert_eq!(text(Content::Type("my::Type")), r#""<my::Type>""#);
        assert_eq!(text(Content::Nothing), "null");
    }

    #[test]
    fn a_value_that_fails_halfway_leaves_a_remark_alone() {
        struct Bomb;
        impl Serialize for Bomb {
            fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                panic!("boom")
            }
        }
        assert_eq!(
            text(Content::Json(&(1, Bomb))),
            r#""<formatting panicked>""#
        );
        let keys = std::collections::BTreeMap::from([((1, 2), 3)]);
        assert_eq!(
            text(Content::Json(&keys)),
            r#""<not serializable: key must be a string>""#
        );
    }

    #[test]
    fn a_debug_that_gives_an_error_leaves_a_remark_without_a_panic() {
        struct Failing;
        impl fmt::Debug for Failing {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("half")?;
                Err(fmt::Error)
            }
        }
        let text = text(Content::Debug(&Failing));
        assert!(
            text.starts_with("\"<not serializable: its formatting"),
            "{text}"
        );
    }

    #[test]
    fn long_values_are_cut_on_a_character_and_counted_whole() {
        let mut json = Json::default();
        json.value(Content::Json(&"ü".repeat(MAX_TEXT)));
        assert_eq!(json.len, 2 * MAX_TEXT + 2);
        assert_eq!(json.text().len(), MAX_TEXT - 1);
    }
}
