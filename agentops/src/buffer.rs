//! Fields that wait for their record, in memory that a thread uses again.

use std::cell::RefCell;

use agentops_spool::record::cursor::Cursor;

/// Bytes of a buffer that is kept for later; a longer one is made where it is needed.
const USUAL: usize = 1024;
/// Most buffers that a thread keeps.
const KEPT: usize = 8;

thread_local! {
    #[expect(clippy::vec_box, reason = "the boxes are what is used again")]
    static SPARE: RefCell<Vec<Box<Bytes>>> = const { RefCell::new(Vec::new()) };
}

/// Fields as they stand in a record.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    // In a box that is used again, so that what holds a buffer stays small.
    bytes: Option<Box<Bytes>>,
}

#[derive(Debug)]
struct Bytes {
    room: Vec<u8>,
    used: usize,
}

impl Bytes {
    #[expect(clippy::unnecessary_box_returns, reason = "only boxes are kept")]
    fn with_room(len: usize) -> Box<Self> {
        let room = vec![0; len];
        Box::new(Self { room, used: 0 })
    }

    /// Takes what `write` writes, or says how many bytes it takes.
    #[inline]
    fn fill(&mut self, write: &impl Fn(&mut Cursor<'_>)) -> Result<(), usize> {
        let mut out = Cursor::new(&mut self.room);
        write(&mut out);
        let (len, fits) = (out.len(), out.fits());
        self.used = if fits { len } else { 0 };
        if fits { Ok(()) } else { Err(len) }
    }
}

impl Buffer {
    /// Takes what `write` writes. It may run twice.
    #[inline]
    pub(crate) fn fill(write: impl Fn(&mut Cursor<'_>)) -> Self {
        let mut bytes = take();
        if let Err(len) = bytes.fill(&write) {
            give(bytes);
            bytes = Bytes::with_room(len);
            // The program's own values may write more the second time; then there are none.
            let _ = bytes.fill(&write);
        }
        Self { bytes: Some(bytes) }
    }

    /// The fields.
    #[inline]
    pub(crate) fn as_bytes(&self) -> &[u8] {
        let bytes = self.bytes.as_ref();
        bytes.map_or(&[], |bytes| &bytes.room[..bytes.used])
    }
}

impl Drop for Buffer {
    #[inline]
    fn drop(&mut self) {
        if let Some(bytes) = self.bytes.take() {
            give(bytes);
        }
    }
}

#[inline]
#[expect(clippy::unnecessary_box_returns, reason = "only boxes are kept")]
fn take() -> Box<Bytes> {
    let spare = SPARE.try_with(|spare| spare.borrow_mut().pop());
    let spare = spare.ok().flatten();
    spare.unwrap_or_else(|| Bytes::with_room(USUAL))
}

// Not where a buffer is dropped, which most often there is none.
#[inline(never)]
fn give(bytes: Box<Bytes>) {
    // A thread that is ending keeps nothing.
    let _ = SPARE.try_with(|spare| {
        let mut spare = spare.borrow_mut();
        if spare.len() < KEPT && bytes.room.len() == USUAL {
            spare.push(bytes);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_holds_what_was_written_however_long() {
        for len in [0, 1, USUAL, USUAL + 1, 100_000] {
            let bytes = vec![7; len];
            let buffer = Buffer::fill(|out| out.bytes(&bytes));
            assert_eq!(buffer.as_bytes(), bytes);
        }
    }
}
