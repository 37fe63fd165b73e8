//! The power goes: a file system that forgets what was not synced.

#![allow(
    unsafe_code,
    reason = "a request to a file system has no safe interface"
)]

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::fd::AsRawFd as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::child::Program;
use crate::drills::kill9::wait_by_chance;
use crate::drills::plan::{Plan, Verdict, say};
use crate::drills::random::Random;
use crate::drills::stage::{PATIENCE, Stage};
use crate::drills::told::unix_nanos;

/// `EXT4_IOC_SHUTDOWN`.
const SHUTDOWN: libc::Ioctl = 0x8004_587d_u32 as libc::Ioctl;
/// Not even the file system's own log is written any more.
const WITHOUT_LOG: u32 = 2;
/// Bytes of the file system.
const SIZE: u64 = 256 << 20;
/// What may be lost: what ended within this time before the power went.
const WINDOW: Duration = Duration::from_secs(1);
/// So long a sync may take within that.
const SYNC_WITHIN: Duration = Duration::from_millis(100);
/// The same where each batch is synced, beside the time of a sync.
const SYNC_WINDOW: Duration = Duration::from_millis(10);
/// How late a thread may be on a machine that does other work.
const LATE: Duration = Duration::from_millis(100);

/// Cuts the power `runs` times, and as often with `durability = sync`.
pub fn run(plan: &Plan) -> Verdict {
    let mut random = plan.random("power");
    let mut verdict = Verdict::default();
    for is_sync in [false, true] {
        let (mut windows, mut syncs) = (Vec::new(), Vec::new());
        for run in 0..plan.number("runs", 1, 10) {
            let disk = match Disk::mount() {
                Ok(disk) => disk,
                Err(reason) => {
                    say(&format!(
                        "power: skipped: no ext4 of its own can be mounted here: {reason}"
                    ));
                    return verdict;
                }
            };
            let (window, synced) = cut(plan, &mut random, &mut verdict, &disk, (run, is_sync));
            windows.push(window.as_millis());
            syncs.push(synced.as_millis());
        }
        let name = if is_sync { "sync" } else { "default" };
        say(&format!(
            "power: {name}: milliseconds lost {windows:?}, of the slowest sync {syncs:?}"
        ));
    }
    verdict
}

/// Cuts the power while spans are made; returns how long before that the first ended
/// of those that are lost, and how long a sync took.
fn cut(
    plan: &Plan,
    random: &mut Random,
    verdict: &mut Verdict,
    disk: &Disk,
    (run, is_sync): (u64, bool),
) -> (Duration, Duration) {
    let stage = Stage::new(&plan.drilled);
    stage.collector().answer_always(503, &[], []);
    let on_disk = |arguments: &str| {
        stage
            .program(arguments)
            .env("AGENTOPS_HOME", disk.path().join("home"))
    };
    let program = on_disk("pace 2000 60");
    let program = if is_sync {
        program.env("DRILL_SYNC", "1")
    } else {
        program
    };
    let child = program.spawn();
    child.wait_for_stdout("second 1\n", PATIENCE);
    let synced = disk.slowest_sync().unwrap_or_default();
    wait_by_chance(Duration::from_micros(random.below(1_500_000)));
    let at = unix_nanos();
    let went = disk.shut_down();
    child.kill_9();
    verdict.expect(went.is_ok(), || {
        format!("run {run}: the power cannot be cut: {went:?}")
    });
    // Memory goes with the power, and with it the arena.
    for arena in disk.arenas() {
        let _ = fs::remove_file(arena);
    }
    let back = disk.mount_again();
    verdict.expect(back.is_ok(), || format!("run {run}: {back:?}"));
    stage.collector().answer_with(|_| None);
    let exit = on_disk("deliver").run(PATIENCE);
    verdict.expect(exit.status.success() && exit.stderr.is_empty(), || {
        format!("run {run}: {}", exit.stderr)
    });
    let mut compared = stage.compare();
    compared.count_lost_ends();
    verdict.add(&compared);
    let told = stage.told();
    let ends = compared.lost.iter().filter_map(|made| told.ended.get(made));
    let first = ends.min().copied().unwrap_or(at);
    let window = Duration::from_nanos(at.saturating_sub(first));
    let allowed = if is_sync {
        SYNC_WINDOW + synced + LATE
    } else {
        WINDOW + synced.saturating_sub(SYNC_WITHIN).min(LATE)
    };
    verdict.expect(window <= allowed, || {
        format!("run {run}, sync: {is_sync}: lost what had ended {window:?} before, a sync takes {synced:?}")
    });
    (window, synced)
}

/// A file system in a file, mounted while this is there.
struct Disk {
    place: TempDir,
}

impl Disk {
    fn mount() -> Result<Self, String> {
        let place = tempfile::tempdir().map_err(|error| error.to_string())?;
        let image = place.path().join("image");
        let file = File::create_new(&image).map_err(|error| error.to_string())?;
        file.set_len(SIZE).map_err(|error| error.to_string())?;
        let disk = Self { place };
        fs::create_dir(disk.path()).map_err(|error| error.to_string())?;
        command("mkfs.ext4", &["-q", "-F"], &[&image])?;
        disk.mount_image("image")?;
        Ok(disk)
    }

    fn path(&self) -> PathBuf {
        self.place.path().join("disk")
    }

    fn mount_image(&self, image: &str) -> Result<(), String> {
        let image = self.place.path().join(image);
        command("mount", &["-o", "loop"], &[&image, &self.path()])
    }

    /// Mounts it as a machine does that starts again.
    fn mount_again(&self) -> Result<(), String> {
        // A copy, because another program's mounts may hold on to the one that was shut down.
        let copy = |name: &str| self.place.path().join(name);
        fs::copy(copy("image"), copy("after")).map_err(|error| error.to_string())?;
        command("umount", &[], &[&self.path()])?;
        self.mount_image("after")
    }

    /// From here on nothing reaches the disk.
    fn shut_down(&self) -> io::Result<()> {
        let root = File::open(self.path())?;
        let flags = WITHOUT_LOG;
        // SAFETY: the request reads one `u32`, which lives until it returns.
        match unsafe { libc::ioctl(root.as_raw_fd(), SHUTDOWN, &raw const flags) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// How long a sync may take here, while the program syncs, too.
    fn slowest_sync(&self) -> io::Result<Duration> {
        let mut file = File::create(self.path().join("probe"))?;
        let mut slowest = Duration::ZERO;
        for _ in 0..20 {
            file.write_all(&[1; 4096])?;
            let begun = Instant::now();
            file.sync_data()?;
            slowest = slowest.max(begun.elapsed());
        }
        Ok(slowest)
    }

    fn arenas(&self) -> Vec<PathBuf> {
        let files = crate::spool::files_below(&self.path().join("home"));
        let is_instance =
            |path: &PathBuf| path.extension().is_some_and(|ending| ending == "instance");
        let named = files
            .into_iter()
            .filter(is_instance)
            .filter_map(|path| fs::read_to_string(path).ok());
        named
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
            .collect()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // It is not mounted where mounting is not allowed.
        let _ = command("umount", &[], &[&self.path()]);
    }
}

/// Runs a command of the system.
fn command(name: &str, options: &[&str], paths: &[&Path]) -> Result<(), String> {
    let program = options.iter().fold(Program::new(name), Program::arg);
    let program = paths.iter().fold(program, Program::arg);
    let child = program
        .spawn_if_there()
        .ok_or_else(|| format!("there is no `{name}`"))?;
    let exit = child.wait(PATIENCE);
    match exit.status.success() {
        true => Ok(()),
        false => Err(format!("{name}: {}", exit.stderr.trim())),
    }
}
