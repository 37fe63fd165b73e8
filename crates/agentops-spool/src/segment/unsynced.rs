//! What of a segment may not survive a power cut, and how that is mended.
//!
//! A sync may take its time, so nobody is kept waiting for it: it is done from here, without the
//! lock of whoever goes on writing the segment. What it covers is noted here as well, with the
//! segment and not with the file, over which another segment may be written meanwhile.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::file;

/// The file of one segment, and what is known to be on the disk of it.
#[derive(Debug)]
pub(super) struct SegmentFile {
    /// `None` where another process wrote it, and it is open only while it is synced.
    file: Option<File>,
    path: PathBuf,
    /// Bytes that survive a power cut.
    synced: AtomicUsize,
    /// Whether its name does.
    is_named: AtomicBool,
    /// Whether a sync failed, for good.
    has_failed: AtomicBool,
    /// Held while it is synced: the system tells of an error once for each time a file was opened,
    /// so that a second sync beside the one that fails would say that all is well.
    turn: Mutex<()>,
}

/// A segment of which the end may not survive a power cut yet.
#[derive(Clone, Debug)]
pub struct Unsynced {
    file: Arc<SegmentFile>,
    /// Bytes of the segment when it was taken: what is appended later is none of its concern.
    len: usize,
}

impl SegmentFile {
    pub(super) fn new(file: Option<File>, path: &Path) -> Self {
        Self {
            file,
            path: path.to_owned(),
            synced: AtomicUsize::new(0),
            is_named: AtomicBool::new(false),
            has_failed: AtomicBool::new(false),
            turn: Mutex::new(()),
        }
    }

    /// The open file.
    ///
    /// # Errors
    /// Where another process wrote it.
    pub(super) fn file(&self) -> io::Result<&File> {
        self.file
            .as_ref()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether its first `len` bytes survive a power cut.
    pub(super) fn is_synced(&self, len: usize) -> bool {
        !self.has_failed()
            && self.is_named.load(Ordering::Acquire)
            && self.synced.load(Ordering::Acquire) >= len
    }

    /// Whether a sync failed: nobody knows what of it is on the disk.
    pub(super) fn has_failed(&self) -> bool {
        self.has_failed.load(Ordering::Acquire)
    }

    /// Makes the first `len` bytes survive a power cut.
    fn sync(&self, len: usize) -> io::Result<()> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if self.has_failed() {
            return Err(io::Error::other("a sync of the file failed before"));
        }
        if self.synced.load(Ordering::Acquire) >= len && self.is_named.load(Ordering::Acquire) {
            return Ok(());
        }
        let opened;
        let file = if let Some(file) = &self.file {
            file
        } else {
            // Where that fails nothing was synced: it is tried again.
            opened = file::private().open(&self.path)?;
            &opened
        };
        let result = self.sync_rest(file, len);
        if result.is_err() {
            self.has_failed.store(true, Ordering::Release);
        }
        result
    }

    fn sync_rest(&self, file: &File, len: usize) -> io::Result<()> {
        if self.synced.load(Ordering::Acquire) < len {
            file::sync(file)?;
            // More may be on the disk, but nobody knows when that was written.
            self.synced.store(len, Ordering::Release);
        }
        if !self.is_named.load(Ordering::Acquire) {
            file::sync_name(&self.path)?;
            self.is_named.store(true, Ordering::Release);
        }
        Ok(())
    }
}

impl Unsynced {
    pub(super) fn new(file: &Arc<SegmentFile>, len: usize) -> Self {
        let file = Arc::clone(file);
        Self { file, len }
    }

    /// A complete segment that another process wrote, which nobody knows to have been synced.
    pub(crate) fn adopted(path: &Path, len: usize) -> Self {
        Self::new(&Arc::new(SegmentFile::new(None, path)), len)
    }

    /// A complete segment whose `len` bytes are on the disk, but not yet under the name `path`.
    pub(crate) fn renamed(file: File, path: &Path, len: usize) -> Self {
        let file = SegmentFile::new(Some(file), path);
        file.synced.store(len, Ordering::Release);
        Self::new(&Arc::new(file), len)
    }

    /// Makes it survive a power cut, which may take long.
    ///
    /// Trap, failed syncs: once that failed it fails for ever, without asking the system again.
    ///
    /// # Errors
    /// When the disk fails; the segment must then not be appended to.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync(self.len)
    }

    /// Whether it survives a power cut.
    #[must_use]
    pub fn is_synced(&self) -> bool {
        self.file.is_synced(self.len)
    }

    /// Whether a sync failed, of this or another part of the segment.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.file.has_failed()
    }

    /// The segment.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.file.path()
    }
}
