//! Remove arenas of processes that are gone which nobody will ever adopt.
//!
//! An arena is found by the note in its spool directory. Where that directory is removed with
//! the arena still in it, as tests and containers do, 32 MiB of memory would stay until the next
//! boot. But a directory that is not to be seen from here may be there for another container that
//! shares this place. So an arena goes only if all of this holds:
//!
//! - it is this user's, of a version that is known here, and nobody locks it: its process is gone;
//! - its process saw the files that this one sees, its spool directory is not among them any more,
//!   and its last sign of life was a minute ago; or that was so long ago that what is in it would
//!   have expired.

use std::fs::{self, File, Metadata, TryLockError};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::arena::{HomeNote, TABLE_OFFSET};
use crate::queue::disk::MAX_AGE;
#[cfg(unix)]
use crate::segment::format::hash;

/// Whoever makes an arena has locked it, and made its directory, within this time.
const SETTLED: Duration = Duration::from_mins(1);

/// Removes such arenas in `place`; returns how many there were.
pub fn sweep(place: &Path) -> usize {
    let Ok(entries) = fs::read_dir(place) else {
        return 0;
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let abandoned = paths.filter(|path| is_arena(path) && is_abandoned(path));
    abandoned
        .filter(|path| fs::remove_file(path).is_ok())
        .count()
}

fn is_arena(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.and_then(|name| name.strip_prefix("agentops-")?.strip_suffix(".arena"));
    name.is_some_and(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_abandoned(path: &Path) -> bool {
    let is_old_enough = |metadata: &Metadata, least: Duration| {
        let age = metadata.modified().ok().and_then(|at| at.elapsed().ok());
        age.is_some_and(|age| age > least)
    };
    // A link is nobody's arena, and a queue or a device must not be opened.
    let Ok(metadata) = fs::symlink_metadata(path) else {
        return false;
    };
    if !metadata.is_file() || !is_own(&metadata) || !is_old_enough(&metadata, SETTLED) {
        return false;
    }
    let Ok(file) = File::open(path) else {
        return false;
    };
    // Held to the end, so that two who sweep do not both count it.
    if matches!(
        file.try_lock(),
        Err(TryLockError::WouldBlock | TryLockError::Error(_))
    ) {
        return false;
    }
    let mut head = Vec::with_capacity(TABLE_OFFSET);
    let read = (&file).take(TABLE_OFFSET as u64).read_to_end(&mut head);
    let Some(note) = read.ok().and_then(|_| HomeNote::read(&head)) else {
        return false;
    };
    let is_gone = note.surroundings != 0
        && note.surroundings == surroundings()
        && !note.directory.as_os_str().is_empty()
        && matches!(note.directory.try_exists(), Ok(false));
    is_gone || is_old_enough(&metadata, MAX_AGE)
}

/// Where the spool directory of this process is, for whoever may look for it.
#[must_use]
pub fn home_note(directory: &Path) -> HomeNote {
    HomeNote {
        surroundings: surroundings(),
        directory: fs::canonicalize(directory).unwrap_or_else(|_| PathBuf::new()),
    }
}

/// A number for the files that this process sees: those of a container, or a `chroot`, are others.
/// 0 where that is not known.
fn surroundings() -> u64 {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let mounts = fs::read_link("/proc/self/ns/mnt");
        let root = fs::metadata("/");
        let (Ok(mounts), Ok(root)) = (mounts, root) else {
            return 0;
        };
        hash(&format!(
            "{}:{}:{}",
            mounts.display(),
            root.dev(),
            root.ino()
        ))
    }
    #[cfg(not(unix))]
    0
}

/// Whether the file is of the user that this process runs as.
fn is_own(metadata: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        // The owner of what belongs to this process, which the standard library has no name for.
        let own = fs::metadata("/proc/self").map(|own| own.uid());
        own.is_ok_and(|own| own == metadata.uid())
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        false
    }
}
