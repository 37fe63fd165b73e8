//! Write numbers, texts and values into the free end of a chunk.
//!
//! A cursor never allocates and never fails: beyond the end of its buffer it
//! only counts, so the caller learns how much room the record needs and can
//! write it again where there is enough.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::record::MAX_TEXT;
use crate::record::value::Tag;
use crate::stack::Stack;

/// A position in a buffer that is being filled.
#[derive(Debug)]
pub struct Cursor<'a> {
    buf: &'a mut [u8],
    len: usize,
}

impl<'a> Cursor<'a> {
    /// Starts at the front of `buf`.
    #[inline]
    pub fn new(buf: &'a mut [u8]) -> Self {
        Self { buf, len: 0 }
    }

    /// Bytes written, or that would have been written with enough room.
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether everything written so far fitted.
    #[inline]
    pub fn fits(&self) -> bool {
        self.len <= self.buf.len()
    }

    /// Writes raw bytes.
    #[inline]
    pub fn bytes(&mut self, bytes: &[u8]) {
        let end = self.len + bytes.len();
        if let Some(room) = self.buf.get_mut(self.len..end) {
            copy(room, bytes);
        }
        self.len = end;
    }

    /// Writes as many bytes as the type says, which takes no call and no loop.
    #[inline]
    pub fn array<const N: usize>(&mut self, bytes: [u8; N]) {
        let room = self.buf.get_mut(self.len..);
        if let Some(room) = room.and_then(|room| room.first_chunk_mut()) {
            *room = bytes;
        }
        self.len += N;
    }

    /// Writes as many bytes as the type says, and others behind them.
    #[inline]
    pub(crate) fn array_and_bytes<const N: usize>(&mut self, first: [u8; N], rest: &[u8]) {
        let end = self.len + N + rest.len();
        let room = self.buf.get_mut(self.len..end);
        if let Some((to_first, to_rest)) = room.and_then(|room| room.split_first_chunk_mut()) {
            *to_first = first;
            copy(to_rest, rest);
        }
        self.len = end;
    }

    /// Writes one byte.
    #[inline]
    pub fn u8(&mut self, value: u8) {
        self.array([value]);
    }

    /// Writes a 16-bit number.
    #[inline]
    pub fn u16(&mut self, value: u16) {
        self.array(value.to_le_bytes());
    }

    /// Writes a 32-bit number.
    #[inline]
    pub fn u32(&mut self, value: u32) {
        self.array(value.to_le_bytes());
    }

    /// Writes a 64-bit number.
    #[inline]
    pub fn u64(&mut self, value: u64) {
        self.array(value.to_le_bytes());
    }

    /// Writes a text with its length, cut at [`MAX_TEXT`] bytes.
    #[inline]
    pub fn text(&mut self, text: &str) {
        self.text_within(MAX_TEXT, text);
    }

    /// Writes a text with its length, cut at `limit` bytes.
    #[inline]
    pub fn text_within(&mut self, limit: usize, text: &str) {
        let text = cut(text, limit);
        self.u32(length(text.len()));
        self.bytes(text.as_bytes());
    }

    /// Writes a text value.
    #[inline]
    pub fn str_value(&mut self, text: &str) {
        let text = cut(text, MAX_TEXT);
        let [a, b, c, d] = length(text.len()).to_le_bytes();
        self.array([Tag::Str as u8, a, b, c, d]);
        self.bytes(text.as_bytes());
    }

    /// Writes a whole number as a value.
    #[inline]
    pub fn i64_value(&mut self, number: i64) {
        self.number(Tag::Int, number.to_le_bytes());
    }

    /// Writes a number as a value.
    #[inline]
    pub fn f64_value(&mut self, number: f64) {
        self.number(Tag::Float, number.to_le_bytes());
    }

    #[inline]
    fn number(&mut self, tag: Tag, number: [u8; 8]) {
        let mut value = [tag as u8; 9];
        value[1..].copy_from_slice(&number);
        self.array(value);
    }

    /// Writes a truth value.
    #[inline]
    pub fn bool_value(&mut self, truth: bool) {
        self.array([Tag::Bool as u8, u8::from(truth)]);
    }

    /// Starts an array value of `count` values, which the caller writes next.
    #[inline]
    pub fn array_value(&mut self, count: usize) {
        self.u8(Tag::Array as u8);
        self.u32(length(count));
    }

    /// Writes what `args` formats to as a text value, without a copy in between.
    ///
    /// The value is the program's own: if formatting panics, the panic stops
    /// here and the value ends with a remark. One that is nested too deep ends there.
    pub fn fmt_value(&mut self, args: fmt::Arguments<'_>) {
        self.u8(Tag::Str as u8);
        let length_at = self.len;
        self.u32(0);
        let mut text = TextWriter {
            cursor: self,
            left: MAX_TEXT,
            stack: Stack::here(),
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| fmt::write(&mut text, args)));
        if outcome.is_err() {
            self.bytes(b"<formatting panicked>");
        }
        let text_len = length(self.len - length_at - 4);
        self.patch(length_at, &text_len.to_le_bytes());
    }

    /// Overwrites bytes written before.
    #[inline]
    pub fn patch(&mut self, at: usize, bytes: &[u8]) {
        if let Some(room) = self.buf.get_mut(at..at + bytes.len()) {
            room.copy_from_slice(bytes);
        }
    }

    /// Writes zeros up to the next multiple of 8.
    #[inline]
    pub fn pad(&mut self) {
        let padded = self.len.next_multiple_of(8);
        let room = self.buf.get_mut(self.len..).unwrap_or_default();
        match room.first_chunk_mut() {
            // What is too much is overwritten by what comes next; a fixed number takes no call.
            Some(room) => *room = [0; 8],
            None => room.fill(0),
        }
        self.len = padded;
    }
}

struct TextWriter<'c, 'a> {
    cursor: &'c mut Cursor<'a>,
    left: usize,
    stack: Stack,
}

impl fmt::Write for TextWriter<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let kept = cut(text, self.left);
        self.cursor.bytes(kept.as_bytes());
        self.left -= kept.len();
        if kept.len() < text.len() || self.stack.is_deep() {
            self.left = 0;
            return Err(fmt::Error);
        }
        Ok(())
    }
}

/// The longest prefix of `text` of at most `limit` bytes that ends on a character boundary.
#[inline]
pub(crate) fn cut(text: &str, limit: usize) -> &str {
    match text.len() <= limit {
        true => text,
        false => cut_long(text, limit),
    }
}

#[cold]
fn cut_long(text: &str, limit: usize) -> &str {
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Copies bytes of the same length, without a call where they are as short as most texts.
#[inline]
fn copy(to: &mut [u8], from: &[u8]) {
    match from.len() {
        16..=32 => copy_ends::<16>(to, from),
        8..=15 => copy_ends::<8>(to, from),
        4..=7 => copy_ends::<4>(to, from),
        _ => to.copy_from_slice(from),
    }
}

/// Copies `N` to twice `N` bytes: the first ones, and the last ones, which may be the same in part.
#[inline]
fn copy_ends<const N: usize>(to: &mut [u8], from: &[u8]) {
    if let (Some(to), Some(from)) = (to.first_chunk_mut::<N>(), from.first_chunk()) {
        *to = *from;
    }
    if let (Some(to), Some(from)) = (to.last_chunk_mut::<N>(), from.last_chunk()) {
        *to = *from;
    }
}

#[inline]
pub(crate) fn length(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_buffer_only_counts() {
        let mut buf = [0xff; 6];
        let mut cursor = Cursor::new(&mut buf);
        cursor.u32(1);
        cursor.u64(2);
        assert_eq!(cursor.len(), 12);
        assert!(!cursor.fits());
        assert_eq!(buf, [1, 0, 0, 0, 0xff, 0xff]);
    }

    #[test]
    fn bytes_of_every_length_arrive() {
        let bytes: Vec<u8> = (1..=80).collect();
        for len in 0..bytes.len() {
            let mut buf = [0; 96];
            let mut cursor = Cursor::new(&mut buf);
            cursor.bytes(&bytes[..len]);
            assert_eq!(cursor.len(), len);
            assert_eq!(buf[..len], bytes[..len]);
            assert!(buf[len..].iter().all(|byte| *byte == 0), "{len}");
        }
    }

    #[test]
    fn text_is_cut_on_a_character_boundary() {
        assert_eq!(cut("añb", 2), "a");
        assert_eq!(cut("añb", 3), "añ");
    }

    #[test]
    fn a_panicking_display_leaves_a_readable_value() {
        struct Bomb;
        impl fmt::Display for Bomb {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a")?;
                panic!("boom")
            }
        }
        let mut buf = [0; 64];
        let mut cursor = Cursor::new(&mut buf);
        cursor.fmt_value(format_args!("{Bomb}"));
        let len = cursor.len();
        let mut reader = crate::record::reader::Reader::new(&buf[..len]);
        let value = reader.value().unwrap();
        assert_eq!(value.as_str(), Some("a<formatting panicked>"));
    }
}
