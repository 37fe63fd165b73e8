//! Look after the directories of other destinations, which lie beside one's own.
//!
//! Who changes an endpoint or a key leaves a directory that perhaps nobody opens again. What is in
//! it is never sent to another destination or account, but its limits hold all the same, and who
//! runs the program is to know that something waits there.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::adopt::give_back;
use crate::directory::{Directory, QUARANTINE};
use crate::file::is_guarded;
use crate::ledger::LossReason;
use crate::queue::Queue;
use crate::queue::disk::{Disk, Items};
use crate::segment::format::Signal;

/// The directory of what stays on this machine, where it is read.
pub const LOCAL: &str = "local";

/// What was found in the directories of other destinations.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Directories in which data of processes that are gone waits to be sent, and its bytes.
    pub waiting: Vec<(PathBuf, u64)>,
    /// Why data was removed, and from which directory; it is on the account of one's own queues.
    pub removed: Vec<(LossReason, String)>,
}

impl Elsewhere {
    /// Looks through all directories beside those of `queues`, and has their limits hold.
    #[must_use]
    pub fn tend(queues: &[Arc<Queue>]) -> Self {
        let mut found = Self::default();
        let own: Vec<_> = queues
            .iter()
            .filter_map(|queue| queue.directory())
            .collect();
        let Some(place) = own.first().and_then(|first| first.path().parent()) else {
            return found;
        };
        let entries = fs::read_dir(place).into_iter().flatten();
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            let is_own = own.iter().any(|own| own.path() == path);
            if is_spool(&path) && !is_own {
                found.tend_one(&path, queues);
            }
        }
        found
    }

    fn tend_one(&mut self, path: &Path, queues: &[Arc<Queue>]) {
        // Without a file in it, none of ours is needed to say who looks.
        let is_empty = fs::read_dir(path).map_or(true, |mut files| files.next().is_none());
        let Some(directory) = (!is_empty)
            .then(|| Directory::create(path, 0).ok())
            .flatten()
        else {
            return;
        };
        for evicted in Disk::default().make_room(&directory, Signal::Traces, None) {
            if let Items::OfTheDead(signal, items) = evicted.items {
                let (reason, what) = evicted.why();
                let mut accounts = queues.iter().filter(|queue| queue.signal() == signal);
                if let Some(account) = accounts.find_map(|queue| queue.directory()) {
                    account.count_evicted(signal, reason, items);
                }
                self.removed
                    .push((reason, format!("{what}: {}", path.display())));
            }
        }
        let bytes = waiting_in(&directory);
        if bytes > 0 && !path.ends_with(LOCAL) {
            self.waiting.push((path.to_owned(), bytes));
        }
        directory.retire();
    }
}

/// Whether a directory is named as those of the spool are.
fn is_spool(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let is_hash = |name: &str| name.len() == 16 && name.bytes().all(|it| it.is_ascii_hexdigit());
    name.is_some_and(|name| name == LOCAL || is_hash(name)) && path.is_dir()
}

/// Bytes of segments that processes have left which are gone; what they allocated ahead is given back.
fn waiting_in(directory: &Directory) -> u64 {
    let is_left = |path: &Path| directory.is_of_the_dead(path) && !is_guarded(path);
    for path in directory
        .journals()
        .into_iter()
        .filter(|path| is_left(path))
    {
        let _ = give_back(&path);
    }
    let mut bytes = 0;
    for (_, _, path) in directory.segments() {
        let is_refused = path.extension().is_some_and(|ending| ending == QUARANTINE);
        if is_refused || !is_left(&path) {
            continue;
        }
        let _ = give_back(&path);
        bytes += fs::metadata(&path).map_or(0, |metadata| metadata.len());
    }
    bytes
}
