//! How much memory this process holds, shared memory included.

use std::fs;

const KIB: u64 = 1024;

/// The most that was resident at once, in bytes.
pub(crate) fn peak_bytes() -> u64 {
    status("VmHWM:") + untouched_bytes()
}

/// What is resident now, in bytes.
pub(crate) fn resident_bytes() -> u64 {
    status("VmRSS:") + untouched_bytes()
}

/// Shared memory that is taken from the machine, but that this process has not touched.
///
/// Resident memory counts pages of a shared mapping only once they are touched; the file behind
/// it holds them all from the beginning.
fn untouched_bytes() -> u64 {
    let maps = fs::read_to_string("/proc/self/maps").expect("Linux has it");
    let shared = maps.lines().filter(|line| line.contains(" /dev/shm/"));
    let mapped: u64 = shared.filter_map(length).sum();
    mapped.saturating_sub(status("RssShmem:"))
}

/// Bytes of a mapping, of which a line begins with `from-to `.
fn length(line: &str) -> Option<u64> {
    let (from, to) = line.split(' ').next()?.split_once('-')?;
    let address = |text| u64::from_str_radix(text, 16).ok();
    Some(address(to)? - address(from)?)
}

/// A line of kibibytes, in bytes.
fn status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse::<u64>().ok())
        .unwrap_or(0)
        * KIB
}
