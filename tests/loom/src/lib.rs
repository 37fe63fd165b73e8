//! The hand-over of a chunk holds in every order of events that there is.
//!
//! `handover` is compiled here with the atomics of the model checker loom, and
//! the bytes of a chunk are cells of loom's, which end the test when two threads
//! touch one without an order between them. `cargo xtask soundness` runs this.
#![cfg(test)]

#[allow(
    dead_code,
    reason = "the file is a part of another crate, which uses all of it"
)]
#[path = "../../../crates/agentops-spool/src/handover.rs"]
mod handover;

mod sync {
    pub(crate) use loom::sync::atomic::{AtomicU32, AtomicU64, Ordering};
}

use handover::{CHUNK_HEADER, ChunkHeader};
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::thread;

/// Records in the modelled chunk; a record is a byte.
const RECORDS: usize = 2;

/// A chunk as `arena` has it, with cells for its bytes.
#[derive(Default)]
struct Chunk {
    header: ChunkHeader,
    bytes: [UnsafeCell<u8>; RECORDS],
}

// SAFETY: this is what the model is about: loom ends it when two threads touch a cell at once.
unsafe impl Sync for Chunk {}

impl Chunk {
    /// Writes one byte behind those written before, as `ChunkWriter` does, and publishes it.
    fn write(&self, n: usize, byte: u8) {
        // SAFETY: loom checks that nobody else touches the byte meanwhile.
        self.bytes[n].with_mut(|to| unsafe { *to = byte });
        self.header.commit((CHUNK_HEADER + n + 1) as u64);
    }

    /// Writes all records of writer `who`, and no more.
    fn fill(&self, who: u8) {
        for (n, byte) in records(who).into_iter().enumerate() {
            self.write(n, byte);
        }
        self.header.seal();
    }

    /// Takes the chunk if it is free, and fills it.
    fn take(&self, who: u8) -> bool {
        let is_taken = self.header.activate(1);
        if is_taken {
            self.fill(who);
        }
        is_taken
    }

    /// Reads all that is committed and not consumed, as the drain does.
    fn read(&self) -> Vec<u8> {
        let unread = self.header.unread();
        let offsets = unread.start as usize..unread.end as usize;
        let bytes: Vec<u8> = offsets
            .map(|offset| {
                let byte = &self.bytes[offset - CHUNK_HEADER];
                // SAFETY: loom checks that nobody writes the byte meanwhile.
                byte.with(|from| unsafe { *from })
            })
            .collect();
        self.header.consume(bytes.len() as u64);
        bytes
    }
}

/// The bytes that writer `who` writes to a chunk.
fn records(who: u8) -> [u8; RECORDS] {
    std::array::from_fn(|n| 10 * who + n as u8)
}

#[test]
fn a_reader_sees_whole_records_in_order_and_all_of_a_sealed_chunk() {
    loom::model(|| {
        let chunk = Arc::new(Chunk::default());
        assert!(chunk.header.activate(1));
        let writer = thread::spawn({
            let chunk = Arc::clone(&chunk);
            move || chunk.fill(1)
        });
        let mut seen = Vec::new();
        for _ in 0..2 {
            let is_sealed = chunk.header.is_sealed();
            seen.extend(chunk.read());
            assert!(records(1).starts_with(&seen));
            assert!(!is_sealed || seen == records(1));
        }
        writer.join().unwrap();
        seen.extend(chunk.read());
        assert_eq!(seen, records(1));
        assert!(chunk.header.is_spent());
    });
}

#[test]
fn a_chunk_is_released_only_when_it_is_sealed_and_consumed() {
    loom::model(|| {
        let chunk = Arc::new(Chunk::default());
        assert!(chunk.header.activate(1));
        let writer = thread::spawn({
            let chunk = Arc::clone(&chunk);
            move || chunk.fill(1)
        });
        let mut seen = Vec::new();
        for _ in 0..2 {
            seen.extend(chunk.read());
            if chunk.header.release() {
                assert_eq!(seen, records(1));
            }
        }
        writer.join().unwrap();
    });
}

#[test]
fn the_next_writer_comes_after_the_last_look_of_the_reader() {
    loom::model(|| {
        let chunk = Arc::new(Chunk::default());
        assert!(chunk.take(1));
        let next = thread::spawn({
            let chunk = Arc::clone(&chunk);
            move || chunk.take(2)
        });
        assert_eq!(chunk.read(), records(1));
        assert!(chunk.header.release());
        let is_taken = next.join().unwrap();
        assert_eq!(is_taken, chunk.read() == records(2));
    });
}

#[test]
fn who_releases_a_chunk_need_not_be_who_read_it() {
    loom::model(|| {
        let chunk = Arc::new(Chunk::default());
        assert!(chunk.take(1));
        // The pool, which gives it to the next thread at once.
        let pool = thread::spawn({
            let chunk = Arc::clone(&chunk);
            move || chunk.header.release() && chunk.take(2)
        });
        assert_eq!(chunk.read(), records(1));
        let is_taken = pool.join().unwrap();
        assert_eq!(is_taken, chunk.read() == records(2));
    });
}

#[test]
fn a_unit_within_a_chunk_comes_free_with_it() {
    loom::model(|| {
        // Two units in a row: the second header lies where a record was.
        let chunk = Arc::new(Chunk::default());
        let within = Arc::new(Chunk::default());
        assert!(chunk.take(1));
        assert!(within.header.activate(1));
        within.write(0, 1);
        let next = thread::spawn({
            let within = Arc::clone(&within);
            move || within.take(2)
        });
        assert_eq!(within.read(), [1]);
        chunk.read();
        assert!(chunk.header.is_spent());
        within.header.clear();
        assert!(chunk.header.release());
        let is_taken = next.join().unwrap();
        assert_eq!(is_taken, within.read() == records(2));
    });
}
