//! Append a record to the chunk of the current thread.

use std::cell::RefCell;

use crate::arena::ChunkWriter;
use crate::fork::{self, Own};
use crate::pool;
use crate::record::MAX_LEN;
use crate::record::cursor::Cursor;
use crate::record::write::finish;

thread_local! {
    /// Given to another thread when this one ends.
    static WRITER: RefCell<Held> = const { RefCell::new(Held(None)) };
}

/// What a thread writes to, if it wrote anything yet.
struct Held(Option<Writer>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Some((generation, writer)) = self.0.take() {
            pool::hand_down(generation, writer);
        }
    }
}

/// A chunk and the generation of the pool it was taken in.
type Writer = (u32, ChunkWriter);

/// Writes one record; `false` if there was no room for it.
///
/// `write` puts header, fixed part and fields into the cursor. It may run twice:
/// a record that does not fit the chunk is written again into the next one.
#[inline]
pub fn append(write: impl Fn(&mut Cursor<'_>)) -> bool {
    // The chunk of this thread is the parent process's, and its reader is there.
    if fork::is_child() && !fork::begin_anew() {
        return false;
    }
    let written = WRITER.try_with(|writer| match writer.try_borrow_mut() {
        Ok(mut held) => append_to(&mut held.0, &write),
        // `write` runs code of the program (a `Display`), which records a span itself.
        Err(_) => append_to(&mut Held(None).0, &write),
    });
    // The thread is ending and has given its chunk away: one is borrowed for the record.
    written.unwrap_or_else(|_| append_to(&mut Held(None).0, &write))
}

#[inline]
fn append_to(current: &mut Option<Writer>, write: &impl Fn(&mut Cursor<'_>)) -> bool {
    let mut needed = 0;
    let generation = pool::generation();
    if let Some((_, writer)) = current.as_mut().filter(|(of, _)| *of == generation) {
        match try_append(writer, write) {
            Ok(()) => return true,
            Err(len) => needed = len,
        }
    }
    append_to_next(current, generation, needed, write)
}

#[cold]
fn append_to_next(
    current: &mut Option<Writer>,
    generation: u32,
    mut needed: usize,
    write: &impl Fn(&mut Cursor<'_>),
) -> bool {
    fork::forget_in_children(Own::Chunks, pool::forget);
    // Twice at most: without a chunk the record's length is not known yet.
    for _ in 0..2 {
        if needed > MAX_LEN {
            return false;
        }
        let Some(next) = pool::take(needed) else {
            return false;
        };
        match try_append(&mut current.insert((generation, next)).1, write) {
            Ok(()) => return true,
            Err(len) => needed = len,
        }
    }
    false
}

/// Writes into the chunk's free end and commits, or says how many bytes it takes.
#[inline]
fn try_append(writer: &mut ChunkWriter, write: &impl Fn(&mut Cursor<'_>)) -> Result<(), usize> {
    let mut cursor = Cursor::new(writer.free());
    write(&mut cursor);
    let len = finish(&mut cursor);
    // The program's own values may write more the second time.
    if cursor.fits() && len <= MAX_LEN {
        writer.commit(len);
        Ok(())
    } else {
        Err(len)
    }
}

/// Seals this thread's chunk, so that the reader can give it back.
pub fn seal() {
    let _ = WRITER.try_with(|writer| writer.try_borrow_mut().map(|mut held| held.0.take()));
}
