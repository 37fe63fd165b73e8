//! Ours at a million spans a second for a minute, with its memory watched.

use std::process::Stdio;
use std::thread::Builder;
use std::time::{Duration, Instant};

use super::memory;
use super::processes::{Collector, program};
use super::stacks::{BURST, ours};

const DURATION: Duration = Duration::from_mins(1);
/// One burst with its root every millisecond.
const PACE: Duration = Duration::from_millis(1);

/// What recorded spans take at most before threads have to wait: shared memory and their own.
const BUDGET_MIB: f64 = 32.0 + 64.0;
/// What all else may take.
const REST_MIB: f64 = 16.0;

/// Starts the collector and the process that makes spans, which prints what it sees.
pub(crate) fn watch() {
    let collector = Collector::start("count");
    let status = program(&["steady-producer", &collector.endpoint])
        .stdout(Stdio::inherit())
        .status()
        .expect("this program can be started");
    println!("arrived: {:?}", collector.stop());
    assert!(status.success(), "it failed: {status}");
}

/// Makes the spans and prints the memory each few seconds.
pub(crate) fn produce(endpoint: &str) {
    let home = tempfile::tempdir().expect("a directory for the spool");
    let before = memory::resident_bytes();
    ours::set_up(ours::config(home.path()).endpoint(endpoint));
    let started = Instant::now();
    let watcher = Builder::new().spawn(move || watch_memory(started));
    let watcher = watcher.expect("a thread that watches");
    let case = ours::exported();
    let mut bursts = 0_u32;
    while started.elapsed() < DURATION {
        (case.live)(&mut || (case.burst)(BURST));
        bursts += 1;
        let next = PACE * bursts;
        std::thread::sleep(next.saturating_sub(started.elapsed()));
    }
    let seconds = started.elapsed().as_secs_f64();
    let most = watcher.join().expect("the watcher does not panic");
    let report = ours::deliver();
    let spans = f64::from(bursts) * f64::from(BURST + 1);
    println!("{:.0} spans a second for {seconds:.0} s", spans / seconds);
    println!("{report:?}");
    let (before, most) = (mib(before), mib(most));
    let verdict = match most - before <= BUDGET_MIB + REST_MIB {
        true => "pass",
        false => "MISS",
    };
    println!("{verdict} memory: {before:.1} MiB before, {most:.1} MiB at most;");
    println!("the budget is {BUDGET_MIB} MiB, and {REST_MIB} MiB for all else");
}

/// The most that is resident until the end, read ten times a second.
fn watch_memory(started: Instant) -> u64 {
    let mut most = 0;
    let mut ticks = 0_u32;
    while started.elapsed() < DURATION {
        let bytes = memory::resident_bytes();
        most = most.max(bytes);
        if ticks.is_multiple_of(50) {
            println!("{:3.0?}: {:.1} MiB", started.elapsed(), mib(bytes));
        }
        ticks += 1;
        std::thread::sleep(Duration::from_millis(100));
    }
    most
}

#[expect(clippy::cast_precision_loss, reason = "figures of a few digits")]
fn mib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
