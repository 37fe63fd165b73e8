//! Small records that many others need, for when there is no room in a chunk.
//!
//! Spans that find no room are lost and counted. A session that found none would cost
//! every later span its `session.id`, and one that is over would be kept for ever.

use std::sync::{Mutex, PoisonError};

use crate::fork::{self, PerProcess};
use crate::record::cursor::Cursor;
use crate::record::write::finish;
use crate::thread;

/// Bytes of such records that wait at most; there is one for each session that begins meanwhile.
const MOST: usize = 4 << 20;

static ASIDE: PerProcess<Mutex<Vec<u8>>> = PerProcess::new(Mutex::default);

/// Writes one record where there is room, else where the reader finds it all the same.
///
/// `write` runs more than once, as for [`thread::append`].
pub fn append(write: impl Fn(&mut Cursor<'_>)) {
    if thread::append(&write) || fork::is_child() {
        return;
    }
    let mut counted = Cursor::new(&mut []);
    write(&mut counted);
    let len = finish(&mut counted);
    let mut record = vec![0; len];
    let mut out = Cursor::new(&mut record);
    write(&mut out);
    // The program's own values may write more the second time.
    if finish(&mut out) == len && out.fits() {
        let mut aside = ASIDE.lock().unwrap_or_else(PoisonError::into_inner);
        if aside.len() + len <= MOST {
            aside.extend_from_slice(&record);
        }
    }
}

/// The records that found no room since the last call, one behind the other.
#[must_use]
pub fn take() -> Vec<u8> {
    std::mem::take(&mut *ASIDE.lock().unwrap_or_else(PoisonError::into_inner))
}
