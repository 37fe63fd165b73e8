//! Make the arena of this process where shared memory is to be had.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::arena::{Arena, Header};
use crate::directory::{Directory, hex};
use crate::mapping::free_bytes;
use crate::sweep::{home_note, sweep};

/// The most that an arena takes.
const MOST: u64 = 32 << 20;
/// With less than this the arena is not worth its file.
const LEAST: u64 = 2 << 20;
/// A file system in memory: its files survive a process, not a reboot.
const SHARED_MEMORY: &str = "/dev/shm";

/// Creates the arena and notes it in `directory`; `None` where there is no shared memory.
///
/// `destination` says where its spans are to go.
#[must_use]
pub fn create_arena(directory: &Directory, destination: u64) -> Option<Arc<Arena>> {
    let place = Path::new(SHARED_MEMORY);
    let len = (free_bytes(place).ok()? / 4).min(MOST);
    if len < LEAST {
        return None;
    }
    let instance = directory.instance();
    let path = place.join(format!("agentops-{}.arena", hex(&instance)));
    let header = Header {
        id: instance,
        boot_id: boot_id(),
        destination,
        flags: 0,
    };
    // The note comes first, so that no moment leaves a file that nobody finds.
    directory.note_arena(Some(&path)).ok()?;
    let home = home_note(directory.path());
    if let Ok(arena) = Arena::create_in(&path, usize::try_from(len).ok()?, &header, &home) {
        Some(arena)
    } else {
        let _ = directory.note_arena(None);
        None
    }
}

/// Removes arenas of processes that are gone which nobody will adopt.
pub fn remove_abandoned() {
    sweep(Path::new(SHARED_MEMORY));
}

/// The kernel's id of this boot, zeros where it has none.
fn boot_id() -> [u8; 16] {
    let text = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    u128::from_str_radix(&digits, 16)
        .unwrap_or_default()
        .to_be_bytes()
}
