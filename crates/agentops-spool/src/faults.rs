//! Have files of tests fail as disks do, and hang: short writes, failed syncs.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::os::unix::fs::MetadataExt as _;
use std::sync::mpsc::{Receiver, Sender};

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
    static DURABLE: RefCell<Option<HashMap<u64, Vec<u8>>>> = const { RefCell::new(None) };
    static HANG: RefCell<Option<(Sender<()>, Receiver<()>)>> = const { RefCell::new(None) };
}

/// Has the next sync on this thread say so when it begins, and then hang until it is told to go on.
pub(crate) fn hang(begins: Sender<()>, goes_on: Receiver<()>) {
    HANG.set(Some((begins, goes_on)));
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

/// From now on what this thread syncs is remembered.
pub(crate) fn watch() {
    DURABLE.set(Some(HashMap::new()));
}

/// What a power cut would leave of `file`.
pub(crate) fn durable(file: &File) -> Option<Vec<u8>> {
    let inode = file.metadata().ok()?.ino();
    DURABLE.with_borrow(|durable| durable.as_ref()?.get(&inode).cloned())
}

/// Notes whether what is in `file` is on the disk now.
fn note(file: &File, is_synced: bool) -> io::Result<()> {
    let inode = file.metadata()?.ino();
    DURABLE.with_borrow_mut(|durable| {
        let Some(durable) = durable else {
            return Ok(());
        };
        durable.remove(&inode);
        if is_synced {
            let mut bytes = Vec::new();
            let mut file = file;
            file.rewind()?;
            file.read_to_end(&mut bytes)?;
            durable.insert(inode, bytes);
        }
        Ok(())
    })
}

pub(crate) fn sync(file: &File) -> io::Result<()> {
    if let Some((begins, goes_on)) = HANG.take() {
        // Whoever is gone does not wait.
        let _ = begins.send(());
        let _ = goes_on.recv();
    }
    if FAULT.get() == Some(Fault::Sync) {
        note(file, false)?;
        return Err(io::Error::other("the disk failed"));
    }
    SYNCED.set(SYNCED.get() + 1);
    note(file, true)
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
