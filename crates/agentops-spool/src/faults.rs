//! Have files fail in tests as disks do: by short writes, and when they are synced.

use std::cell::Cell;
use std::io;

/// What is to go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The write after so many others takes only so many bytes, then the disk is full: for good, or
    /// until the next one.
    Write {
        after: usize,
        taken: usize,
        stays: bool,
    },
    /// Syncs fail, and what they were to sync may be lost.
    Sync,
    /// No file can be made or grown.
    Allocate,
}

thread_local! {
    static FAULT: Cell<Option<Fault>> = const { Cell::new(None) };
    static SYNCED: Cell<usize> = const { Cell::new(0) };
}

/// Makes this go wrong on this thread from now on, or nothing.
pub(crate) fn set(fault: Option<Fault>) {
    FAULT.set(fault);
}

/// Files that were synced on this thread.
pub(crate) fn synced() -> usize {
    SYNCED.get()
}

/// How much of a write of `len` bytes is done; an error comes behind it if that is not all.
pub(crate) fn writable(len: usize) -> usize {
    let Some(Fault::Write {
        after,
        taken,
        stays,
    }) = FAULT.get()
    else {
        return len;
    };
    let (left, taken_next) = (after.saturating_sub(1), if after == 0 { 0 } else { taken });
    let next = Fault::Write {
        after: left,
        taken: taken_next,
        stays,
    };
    set((after > 0 || stays).then_some(next));
    if after == 0 { taken.min(len) } else { len }
}

pub(crate) fn sync() -> io::Result<()> {
    if FAULT.get() == Some(Fault::Sync) {
        return Err(io::Error::other("the disk failed"));
    }
    SYNCED.set(SYNCED.get() + 1);
    Ok(())
}

pub(crate) fn allocate() -> io::Result<()> {
    let is_full = matches!(
        FAULT.get(),
        Some(Fault::Allocate | Fault::Write { after: 0, .. })
    );
    match is_full {
        true => Err(io::ErrorKind::StorageFull.into()),
        false => Ok(()),
    }
}
