//! Files that are their user's alone, the same on every system.
//!
//! What the systems do not have in common stands here: modes, links, locks that
//! keep readers out, and files that are removed while they are open.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

#[cfg(test)]
use crate::faults;

/// Opens for reading and writing; what it creates has mode 0600, and no link is followed.
///
/// Trap, open doors: a mode that is set later leaves a moment in which others may read.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
        options.custom_flags(libc::O_NOFOLLOW | libc::O_CLOEXEC);
    }
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt as _;
        /// `FILE_FLAG_OPEN_REPARSE_POINT`: the link itself is opened.
        const NO_FOLLOW: u32 = 0x0020_0000;
        options.custom_flags(NO_FOLLOW);
    }
    options
}

/// Creates a directory and those above it, mode 0700, where there are none.
pub(crate) fn create_directory(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Creates a file that is known to be written for as long as it is open.
pub(crate) fn create_guarded(path: &Path) -> io::Result<File> {
    let mut options = private();
    options.create_new(true);
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt as _;
        /// Others may read and write, not remove. A lock would keep readers out here.
        const READ_AND_WRITE: u32 = 3;
        options.share_mode(READ_AND_WRITE);
    }
    let file = options.open(path)?;
    #[cfg(not(windows))]
    {
        // Without locks it is taken for complete.
        let _ = file.try_lock();
    }
    Ok(file)
}

/// Opens a file that is there and guards it as [`create_guarded`] does, if it can be renamed then.
pub(crate) fn open_guarded(path: &Path) -> io::Result<File> {
    if cfg!(windows) {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let file = private().open(path)?;
    let _ = file.try_lock();
    Ok(file)
}

/// Whether a file is open that is guarded. Where no lock says so, removing it fails.
pub(crate) fn is_guarded(path: &Path) -> bool {
    let lock = File::open(path).map(|file| file.try_lock_shared());
    matches!(lock, Ok(Err(TryLockError::WouldBlock)))
}

/// Whether `file`, opened as `path`, is still to be found there.
pub(crate) fn is_in_place(file: &File, path: &Path) -> io::Result<bool> {
    let of_file = file.metadata()?;
    #[cfg(unix)]
    let is_in_place = {
        use std::os::unix::fs::MetadataExt as _;
        let _ = path;
        of_file.nlink() > 0
    };
    // There is no other way to tell the file from one that came in its place later.
    #[cfg(not(unix))]
    let is_in_place = std::fs::metadata(path).is_ok_and(|at_path| {
        let written = |of: &std::fs::Metadata| (of.modified().ok(), of.len());
        written(&at_path) == written(&of_file)
    });
    Ok(is_in_place)
}

/// Fills `bytes` from `offset` on. May move the file's position: the file is the caller's alone.
#[cfg(all(unix, not(agentops_plain)))]
pub(crate) fn read_at(file: &File, offset: usize, bytes: &mut [u8]) -> io::Result<()> {
    use std::os::unix::fs::FileExt as _;
    file.read_exact_at(bytes, offset as u64)
}

/// Fills `bytes` from `offset` on. May move the file's position: the file is the caller's alone.
#[cfg(not(all(unix, not(agentops_plain))))]
pub(crate) fn read_at(mut file: &File, offset: usize, bytes: &mut [u8]) -> io::Result<()> {
    use std::io::{Read as _, Seek as _};
    file.seek(io::SeekFrom::Start(offset as u64))?;
    file.read_exact(bytes)
}

/// Writes `bytes` at `offset`. May move the file's position: the file is the caller's alone.
///
/// Trap, short writes: a disk that is full takes some of the bytes before it says so. Whoever writes goes on
/// from the same offset, and what counts as there is decided by what was written before.
pub(crate) fn write_at(file: &File, offset: usize, bytes: &[u8]) -> io::Result<()> {
    #[cfg(test)]
    {
        let taken = faults::writable(bytes.len());
        if taken < bytes.len() {
            write_all_at(file, offset, &bytes[..taken])?;
            return Err(io::ErrorKind::StorageFull.into());
        }
    }
    write_all_at(file, offset, bytes)
}

#[cfg(all(unix, not(agentops_plain)))]
fn write_all_at(file: &File, offset: usize, bytes: &[u8]) -> io::Result<()> {
    use std::os::unix::fs::FileExt as _;
    file.write_all_at(bytes, offset as u64)
}

#[cfg(not(all(unix, not(agentops_plain))))]
fn write_all_at(mut file: &File, offset: usize, bytes: &[u8]) -> io::Result<()> {
    use std::io::{Seek as _, Write as _};
    file.seek(io::SeekFrom::Start(offset as u64))?;
    file.write_all(bytes)
}

/// Makes what was written to a file survive a power cut.
///
/// Trap, failed syncs: after an error the same file must not be synced again. The system has marked what it
/// could not write as written, and would say that all is well.
pub(crate) fn sync(file: &File) -> io::Result<()> {
    #[cfg(test)]
    faults::sync(file)?;
    file.sync_data()
}

/// Makes the name of a file survive a power cut, which syncing the file itself does not do.
pub(crate) fn sync_name(path: &Path) -> io::Result<()> {
    // Elsewhere a directory cannot be opened like a file.
    #[cfg(unix)]
    if let Some(directory) = path.parent() {
        File::open(directory)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Whether an error says nothing of the file: the next attempt may succeed.
pub(crate) fn is_passing(error: &io::Error) -> bool {
    #[cfg(unix)]
    let of_the_process = [libc::EMFILE, libc::ENFILE, libc::ENOMEM, libc::EINTR];
    // Windows: too many open files, not enough memory, violations of sharing and of a lock.
    #[cfg(not(unix))]
    let of_the_process = [4, 8, 32, 33];
    let code = error.raw_os_error();
    code.is_some_and(|code| of_the_process.contains(&code))
}
