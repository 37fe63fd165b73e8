//! Write segments again whose sync failed.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::directory::{COPY, Directory};
use crate::file;
use crate::queue::Queue;
use crate::segment::unsynced::Unsynced;

impl Queue {
    /// Brings all segments whose sync failed to the disk in another file.
    ///
    /// Trap, failed syncs: syncing the same file again would succeed and change nothing. The bytes
    /// are the same, so whoever is just sending some of them need not know. The copy takes the
    /// place of the segment in one step, once it is on the disk: a crash leaves one of them. All
    /// but that step is done without the lock, since a disk that fails may well be slow.
    ///
    /// # Errors
    /// When the disk fails again; these segments stay as they are, and so does what is to be done.
    pub(super) fn mend(&self) -> io::Result<()> {
        let Some(directory) = self.directory() else {
            return Ok(());
        };
        let failed = self.inner().disk.failed();
        let mut result = Ok(());
        for (path, end) in failed {
            let mended = self.write_again(directory, &path, end);
            // Another one may be well all the same.
            result = result.and(mended);
        }
        result
    }

    fn write_again(&self, directory: &Directory, path: &Path, end: usize) -> io::Result<()> {
        let (aside, _) = directory.next_file(self.signal(), COPY);
        let copied = copy(path, end, &aside)
            .and_then(|copy| self.inner().disk.put_copy(copy, &aside))
            .inspect_err(|_| {
                let _ = fs::remove_file(&aside);
            });
        let synced = copied.and_then(|copy| copy.sync());
        self.inner().disk.note_syncs();
        match synced {
            // It was delivered, or somebody removed it, which is told elsewhere.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }
}

/// Copies the first `end` bytes of the segment at `path` to `aside`, and these to the disk.
fn copy(path: &Path, end: usize, aside: &Path) -> io::Result<Unsynced> {
    let mut bytes = fs::read(path)?;
    bytes.truncate(end);
    let file: File = file::private().create_new(true).open(aside)?;
    file::write_at(&file, 0, &bytes)?;
    file::sync(&file)?;
    Ok(Unsynced::renamed(file, path, bytes.len()))
}
