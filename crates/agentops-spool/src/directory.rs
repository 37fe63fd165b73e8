//! The spool directory: names, locks and leftovers.
//!
//! Each process that writes here is an instance with a random name. It holds a
//! lock on `<instance>.instance`, which also says where its arena is; the lock
//! goes with the process, however it ends. Who gets the lock of another
//! instance may take over all of its files.

use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::clock;
use crate::file;
use crate::ledger::{Ledger, LossReason};
use crate::segment::format::{Header, Signal};

/// Ending of the file that an instance locks.
const INSTANCE: &str = "instance";
/// Ending of a journal of open spans.
pub const JOURNAL: &str = "open";
/// Ending of a file of bodies that were refused for good.
pub const QUARANTINE: &str = "quarantine";
/// Ending of a copy of a segment that is to take its place; until then it is nobody's.
pub const COPY: &str = "copy";

/// A spool directory that this process writes to.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
    destination: u64,
    instance: [u8; 16],
    lock: File,
    next: AtomicU64,
    /// Items of the dead that were removed to make room, and why.
    evicted: Mutex<Vec<(Signal, LossReason, u64)>>,
}

/// What an instance left behind that is gone.
#[derive(Debug)]
pub struct Leftovers {
    /// Held until the leftovers are dealt with.
    lock: File,
    lock_path: PathBuf,
    /// Its arena, if it had one.
    pub arena: Option<PathBuf>,
    /// Its journals of open spans.
    pub journals: Vec<PathBuf>,
    /// Its segments, oldest first.
    pub segments: Vec<(Signal, PathBuf)>,
}

impl Directory {
    /// Creates the directory if need be (mode 0700) and a new instance in it.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn create(path: &Path, destination: u64) -> io::Result<Self> {
        file::create_directory(path)?;
        loop {
            let instance = random_id();
            let lock_path = path.join(file_name(&hex(&instance), INSTANCE));
            let lock = file::private().create_new(true).open(&lock_path)?;
            // Trap, inherited locks: a lock goes with the process, but not with one that forked
            // and whose child lives; such leftovers wait. Before it was locked, an adopter may
            // have taken it for a leftover.
            let is_ours = match lock.try_lock() {
                Ok(()) => file::is_in_place(&lock, &lock_path)?,
                Err(TryLockError::WouldBlock) => false,
                Err(TryLockError::Error(error)) => return Err(error),
            };
            if is_ours {
                return Ok(Self {
                    path: path.to_owned(),
                    destination,
                    instance,
                    lock,
                    next: AtomicU64::new(0),
                    evicted: Mutex::default(),
                });
            }
        }
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The instance's id.
    pub fn instance(&self) -> [u8; 16] {
        self.instance
    }

    /// Hash of destination and account.
    pub fn destination(&self) -> u64 {
        self.destination
    }

    /// Notes where the arena is, so that it is found when this process is gone.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn note_arena(&self, arena: Option<&Path>) -> io::Result<()> {
        let text = match arena {
            Some(path) => path.to_str().ok_or(io::ErrorKind::InvalidFilename)?,
            None => "",
        };
        self.lock.set_len(0)?;
        file::write_at(&self.lock, 0, text.as_bytes())
    }

    /// The path of a new file with this ending, and the header of a segment in it.
    pub fn next_file(&self, signal: Signal, ending: &str) -> (PathBuf, Header) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{number:08x}.{ending}", hex(&self.instance));
        let header = Header {
            id: random_id(),
            instance: self.instance,
            destination: self.destination,
            signal,
        };
        (self.path.join(name), header)
    }

    /// Takes over what instances left that are gone, one after the other.
    ///
    /// An instance of which there are segments only is looked for where `with_segments` says so.
    pub fn leftovers(&self, with_segments: bool) -> impl Iterator<Item = Leftovers> {
        let own = hex(&self.instance);
        let is_wanted = |name: &str| {
            let ending = name.rsplit('.').next().unwrap_or_default();
            with_segments || ending == INSTANCE || ending == JOURNAL
        };
        let mut instances: Vec<String> = self
            .files()
            .into_iter()
            .filter(|(name, _)| is_wanted(name))
            .filter_map(|(name, _)| Some(name.get(..32)?.to_owned()))
            .filter(|instance| instance.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .filter(|instance| *instance != own)
            .collect();
        instances.sort();
        instances.dedup();
        instances
            .into_iter()
            .filter_map(|instance| self.take_over(&instance))
    }

    fn take_over(&self, instance: &str) -> Option<Leftovers> {
        let lock_path = self.path.join(file_name(instance, INSTANCE));
        // Of an instance that left segments only there may be none.
        let mut options = file::private();
        let mut lock = options.create(true).truncate(false).open(&lock_path).ok()?;
        lock.try_lock().ok()?;
        // Somebody else may have dealt with it and removed the file just before.
        if !file::is_in_place(&lock, &lock_path).ok()? {
            return None;
        }
        let mut leftovers = Leftovers {
            arena: read_path(&mut lock).filter(|path| is_arena_of(instance, path)),
            lock,
            lock_path,
            journals: Vec::new(),
            segments: Vec::new(),
        };
        for (name, path) in self.files() {
            let Some(rest) = name.strip_prefix(instance) else {
                continue;
            };
            let ending = rest.rsplit('.').next().unwrap_or_default();
            if ending == JOURNAL {
                leftovers.journals.push(path);
            } else if ending == COPY {
                let _ = fs::remove_file(path);
            } else if let Some(signal) = Signal::ALL.into_iter().find(|s| s.as_str() == ending) {
                leftovers.segments.push((signal, path));
            }
        }
        Some(leftovers)
    }

    /// Names and paths of all files, sorted.
    fn files(&self) -> Vec<(String, PathBuf)> {
        let Ok(entries) = fs::read_dir(&self.path) else {
            return Vec::new();
        };
        let mut files: Vec<_> = entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                Some((entry.file_name().into_string().ok()?, entry.path()))
            })
            .collect();
        files.sort();
        files
    }

    /// All segments in the directory, and what was refused, whoever wrote them: modification time, bytes, path; oldest first.
    pub fn segments(&self) -> Vec<(std::time::SystemTime, u64, PathBuf)> {
        let is_segment = |name: &str| {
            let ending = name.rsplit('.').next().unwrap_or_default();
            ending == QUARANTINE || Signal::ALL.iter().any(|signal| signal.as_str() == ending)
        };
        let mut segments: Vec<_> = self
            .files()
            .into_iter()
            .filter(|(name, _)| is_segment(name))
            .filter_map(|(_, path)| {
                let metadata = fs::metadata(&path).ok()?;
                Some((metadata.modified().ok()?, metadata.len(), path))
            })
            .collect();
        segments.sort();
        segments
    }

    /// All journals in the directory, whoever wrote them.
    pub(crate) fn journals(&self) -> Vec<PathBuf> {
        let files = self.files().into_iter();
        let journals = files.filter(|(name, _)| name.rsplit('.').next() == Some(JOURNAL));
        journals.map(|(_, path)| path).collect()
    }

    /// Whether this instance wrote the file `path`.
    pub(crate) fn is_own(&self, path: &Path) -> bool {
        instance_of(path).is_some_and(|instance| instance == hex(&self.instance))
    }

    /// Whether the instance that wrote the file `path` is gone.
    pub(crate) fn is_of_the_dead(&self, path: &Path) -> bool {
        let lock = |instance| self.path.join(file_name(instance, INSTANCE));
        !self.is_own(path)
            && instance_of(path).is_some_and(|instance| !file::is_guarded(&lock(instance)))
    }

    /// Counts items of a process that is gone, which were removed to make room.
    pub(crate) fn count_evicted(&self, signal: Signal, reason: LossReason, items: u64) {
        let mut evicted = self.evicted.lock().unwrap_or_else(PoisonError::into_inner);
        evicted.push((signal, reason, items));
    }

    /// What was removed to make room of processes that are gone.
    pub(crate) fn evicted(&self, signal: Signal) -> Ledger {
        let evicted = self.evicted.lock().unwrap_or_else(PoisonError::into_inner);
        let mut ledger = Ledger::default();
        for (_, reason, items) in evicted.iter().filter(|(of, _, _)| *of == signal) {
            ledger.adopted += items;
            ledger.lose(*reason, *items);
        }
        ledger
    }

    /// Gives the instance up: its name is free, what it left is nobody's but the directory's.
    pub fn retire(&self) {
        let _ = fs::remove_file(self.path.join(file_name(&hex(&self.instance), INSTANCE)));
    }
}

impl Leftovers {
    /// Notes that nothing of the instance is left to do.
    pub fn settle(self) {
        if let Some(arena) = &self.arena {
            let _ = fs::remove_file(arena);
        }
        for journal in &self.journals {
            let _ = fs::remove_file(journal);
        }
        let _ = fs::remove_file(&self.lock_path);
        drop(self.lock);
    }
}

fn read_path(lock: &mut File) -> Option<PathBuf> {
    let mut path = String::new();
    lock.take(4096).read_to_string(&mut path).ok()?;
    (!path.is_empty()).then(|| path.into())
}

/// The instance that a file is named for.
fn instance_of(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()?.get(..32)
}

/// Whether a path may be followed, and its file be removed: a damaged one could name any file.
fn is_arena_of(instance: &str, path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.contains(instance))
}

fn file_name(instance: &str, ending: &str) -> String {
    format!("{instance}.{ending}")
}

/// Lower-case hexadecimal digits of `bytes`.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// A random id. Trap, names by the clock: process ids and times come again, in containers at once.
///
/// The standard library seeds its hash maps from the operating system's source, but a forked
/// process inherits that seed: process and time tell it from its siblings.
#[must_use]
pub fn random_id() -> [u8; 16] {
    let mut id = [0; 16];
    for half in id.chunks_exact_mut(8) {
        half.copy_from_slice(
            &RandomState::new()
                .hash_one((std::process::id(), clock::unix_nanos()))
                .to_le_bytes(),
        );
    }
    id
}
