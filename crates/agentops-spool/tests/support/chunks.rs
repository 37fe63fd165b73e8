//! Take the chunks of the process for one test, write records to them and read them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use agentops_spool::record::field::FieldTag;
use agentops_spool::record::reader::Records;
use agentops_spool::record::write::End;
use agentops_spool::{pool, thread};

/// The chunks are the process's: one test at a time, each with none in use.
pub(crate) struct Alone {
    _one: MutexGuard<'static, ()>,
}

#[track_caller]
pub(crate) fn alone() -> Alone {
    static ONE: Mutex<()> = Mutex::new(());
    let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(pool::active().is_empty());
    Alone { _one: one }
}

impl Drop for Alone {
    fn drop(&mut self) {
        thread::seal();
        pool::uninstall();
        read_all();
    }
}

/// Reads what is committed and gives chunks back, as a drain does.
pub(crate) fn read_all() -> Vec<u8> {
    let mut all = Vec::new();
    for chunk in pool::active() {
        let unread = chunk.unread();
        all.extend_from_slice(unread);
        chunk.consume(unread.len());
    }
    pool::reclaim();
    all
}

/// Appends a record of about `len` bytes that says `n`.
pub(crate) fn append(n: u64, len: usize) -> bool {
    let end = End {
        tick: n,
        ..End::default()
    };
    // A text is cut at its own limit: several make a long record.
    thread::append(|out| {
        end.write(out);
        for _ in 0..len.div_ceil(100_000) {
            out.text_field(FieldTag::Message, &"x".repeat(len.min(100_000)));
        }
    })
}

#[track_caller]
pub(crate) fn numbers(bytes: &[u8]) -> Vec<u64> {
    let mut records = Records::new(bytes);
    let ends = records
        .by_ref()
        .filter_map(|record| Some(End::read(&record)?.0.tick));
    let numbers = ends.collect();
    assert_eq!(records.unread(), 0);
    numbers
}
