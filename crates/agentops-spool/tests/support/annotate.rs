//! Say what each byte of a record or file is, without the library's own readers.

use std::ops::Range;

/// Bytes and what they are.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) range: Range<usize>,
    pub(crate) what: String,
}

/// Walks over bytes and notes what they are.
#[derive(Debug)]
pub(crate) struct Annotator<'a> {
    bytes: &'a [u8],
    pub(crate) at: usize,
    pub(crate) parts: Vec<Part>,
}

impl<'a> Annotator<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let (at, parts) = (0, Vec::new());
        Self { bytes, at, parts }
    }

    /// Notes that the next `len` bytes are `what`.
    pub(crate) fn take(&mut self, len: usize, what: impl Into<String>) -> &'a [u8] {
        let range = self.at..self.at + len;
        self.at += len;
        let what = what.into();
        let bytes = &self.bytes[range.clone()];
        if len > 0 {
            self.parts.push(Part { range, what });
        }
        bytes
    }

    /// Notes a little-endian number and returns it.
    pub(crate) fn number(&mut self, len: usize, what: &str) -> usize {
        let bytes = &self.bytes[self.at..self.at + len];
        let number = bytes
            .iter()
            .rev()
            .fold(0, |n: u64, byte| n << 8 | u64::from(*byte));
        self.take(len, format!("{what}: {number}"));
        usize::try_from(number).unwrap()
    }

    fn byte(&self) -> u8 {
        self.bytes[self.at]
    }

    fn text(&mut self, what: &str) {
        let len = self.number(4, &format!("{what}, length"));
        let text = std::str::from_utf8(&self.bytes[self.at..self.at + len]).unwrap();
        self.take(len, format!("{what}: {text:?}"));
    }

    /// Notes one record from its header to its padding.
    pub(crate) fn record(&mut self) {
        let start = self.at;
        let end = start + self.number(4, "length of the record");
        let kind = self.byte();
        let names = [
            "pad", "start", "end", "leaf", "whole", "session", "release", "measure",
        ];
        self.take(1, format!("kind: {}", names[usize::from(kind)]));
        self.take(3, "flags");
        match kind {
            1 => self.fixed(&[
                "site 4",
                "session 4",
                "trace id 16",
                "span id 8",
                "parent id 8",
                "tick 8",
            ]),
            2 => self.fixed(&["span id 8", "tick 8"]),
            3 | 4 => {
                self.fixed(&[
                    "site 4",
                    "session 4",
                    "trace id 16",
                    "span id 8",
                    "parent id 8",
                ]);
                self.fixed(&["start 8", "end 8", "status 1", "reason 1"]);
            }
            5 => self.fixed(&["index 4", "realm 4", "span id 8"]),
            6 => self.fixed(&["index 4"]),
            7 => self.fixed(&["site 4", "session 4", "tick 8", "nanoseconds 8"]),
            _ => {}
        }
        while self.at < end && self.byte() != 0 {
            self.field();
        }
        self.take(end - self.at, "padding");
    }

    /// Notes parts given as name and number of bytes.
    pub(crate) fn fixed(&mut self, parts: &[&str]) {
        for part in parts {
            let (name, len) = part.rsplit_once(' ').unwrap();
            match len.parse().unwrap() {
                len @ (1 | 2 | 4) => _ = self.number(len, name),
                len => _ = self.take(len, name),
            }
        }
    }

    fn field(&mut self) {
        let tag = self.byte();
        let names = [
            "end",
            "site attribute",
            "attribute",
            "name",
            "message",
            "event",
            "link",
            "dropped",
            "scope",
            "trace state",
            "session id",
            "content",
            "error",
        ];
        let name = names[usize::from(tag)];
        self.take(1, format!("field: {name}"));
        match tag {
            1 => {
                self.number(2, "key");
                self.value();
            }
            2 => {
                self.text("key");
                self.value();
            }
            5 => {
                self.take(8, "time");
                self.text("name");
                self.pairs();
            }
            6 => {
                self.fixed(&["trace id 16", "span id 8", "flags 4"]);
                self.text("trace state");
                self.pairs();
            }
            7 => self.fixed(&["attributes 4", "events 4", "links 4"]),
            8 => {
                self.text("name");
                self.text("version");
            }
            11 => {
                self.text("key");
                self.take(8, "original length");
                self.value();
            }
            12 => {
                self.take(8, "time");
                self.text("type");
                self.text("words");
            }
            _ => self.text(name),
        }
    }

    fn pairs(&mut self) {
        for _ in 0..self.number(2, "attributes") {
            self.text("key");
            self.value();
        }
    }

    fn value(&mut self) {
        let tag = self.byte();
        let names = ["", "bool", "integer", "float", "text", "bytes", "array"];
        self.take(1, format!("value: {}", names[usize::from(tag)]));
        match tag {
            1 => _ = self.number(1, "truth"),
            2 | 3 => _ = self.take(8, "number"),
            4 => self.text("text"),
            5 => {
                let len = self.number(4, "length");
                self.take(len, "bytes");
            }
            _ => {
                for _ in 0..self.number(4, "values") {
                    self.value();
                }
            }
        }
    }

    /// Notes an entry of the arena's definitions.
    pub(crate) fn definition(&mut self) {
        let end = self.at + self.number(4, "length of the definition");
        let tag = self.number(1, "tag");
        self.take(3, "zeros");
        if tag == 1 {
            self.site();
        } else {
            let len = self.number(4, "length of the resource");
            self.take(len, "resource");
        }
        self.take(end - self.at, "padding");
    }

    fn site(&mut self) {
        self.fixed(&["site 4", "line 4", "kind 1", "name, span kind, on cancel 1"]);
        let statics = self.number(2, "constants");
        let keys = self.number(2, "keys");
        for name in ["name", "function", "module", "file"] {
            self.text(name);
        }
        for _ in 0..statics {
            self.text("key");
            self.value();
        }
        for _ in 0..keys {
            self.text("key");
        }
    }
}
