//! Server-sent events, read from bytes that come in pieces of any size.

use std::mem;

/// The bytes that editors put before UTF-8 text.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What has come so far of a stream of events.
#[derive(Debug, Default)]
pub(crate) struct EventReader {
    /// The line that has not ended yet, as bytes: a piece may end inside of a character.
    line: Vec<u8>,
    /// Whether the last byte was a carriage return, which a line feed may follow.
    after_return: bool,
    /// Whether a line has been read.
    is_begun: bool,
    /// The data of the event that has not ended yet.
    data: Option<String>,
}

impl EventReader {
    /// Reads on, and returns the data of the events that are whole now.
    ///
    /// Names, ids and comments are left out, and so are events without data.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut events = Vec::new();
        for byte in bytes {
            let after_return = mem::replace(&mut self.after_return, *byte == b'\r');
            match byte {
                b'\n' if after_return => {}
                b'\n' | b'\r' => events.extend(self.end_line()),
                _ => self.line.push(*byte),
            }
        }
        events
    }

    /// Takes in the line that has ended, and returns the event that has ended with it.
    fn end_line(&mut self) -> Option<String> {
        let line = mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&line);
        let mut line = line.as_ref();
        if !mem::replace(&mut self.is_begun, true) {
            line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
        }
        if line.is_empty() {
            return self.data.take();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        if field == "data" {
            let value = value.strip_prefix(' ').unwrap_or(value);
            match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = "\u{feff}: welcome\n\ndata: {\"a\":\"ü€😀\"}\r\n\r\nevent: x\nid: 7\n\
                          data:one\ndata\ndata:  two\n\ndata: \r\rretry: 1\n\ndata: [DONE]\n\ndata: cut";

    const EVENTS: [&str; 4] = ["{\"a\":\"ü€😀\"}", "one\n\n two", "", "[DONE]"];

    #[test]
    fn events_are_the_same_wherever_the_bytes_are_split() {
        let bytes = STREAM.as_bytes();
        for at in 0..=bytes.len() {
            let mut reader = EventReader::default();
            let mut events = reader.read(&bytes[..at]);
            events.extend(reader.read(&bytes[at..]));
            assert_eq!(events, EVENTS, "split at {at}");
        }
    }

    #[test]
    fn events_are_the_same_byte_by_byte() {
        let mut reader = EventReader::default();
        let bytes = STREAM.as_bytes().chunks(1);
        let events: Vec<String> = bytes.flat_map(|byte| reader.read(byte)).collect();
        assert_eq!(events, EVENTS);
    }

    #[test]
    fn event_comes_with_the_byte_that_ends_it() {
        let mut reader = EventReader::default();
        assert!(reader.read(b"data: 1\n").is_empty());
        assert_eq!(reader.read(b"\n"), ["1"]);
        assert!(reader.read(b"data: 2\r\n").is_empty());
        assert_eq!(reader.read(b"\r"), ["2"]);
        assert!(reader.read(b"\n").is_empty());
    }

    #[test]
    fn broken_characters_are_replaced() {
        let mut reader = EventReader::default();
        assert_eq!(reader.read(b"data: \xc3(\n\n"), ["\u{fffd}("]);
    }
}
