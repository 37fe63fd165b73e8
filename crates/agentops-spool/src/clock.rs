//! Ticks for durations and the anchor that turns them into wall time.
//!
//! A tick is a nanosecond of the process's monotonic clock. Durations are
//! differences of ticks only; wall time comes from an [`Anchor`], which is taken
//! anew when the wall clock was set, so that this moves later spans but never
//! stretches one.
//!
//! ```text
//! before calibration, and where there is no counter:   the OS's monotonic clock
//! after:   the processor's counter, by a scale that follows the OS's clock
//! ```
//!
//! The counter of x86-64 (TSC) is read in half the time or less. It is used only
//! where the processor says that its rate is constant and Linux itself keeps
//! time by it, which it does only after it found all processors' counters equal.
#![allow(
    unsafe_code,
    reason = "the counter has no safe interface; this file is one of the four that may"
)]

use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::scale::Scale;

/// Ticks start here, so that a tick shortly before the first anchor stays positive.
const FIRST_TICK: u64 = 1_000_000_000;

/// The current tick: nanoseconds of the monotonic clock since a moment of this process.
#[inline]
#[must_use]
pub fn now() -> u64 {
    if let Some(counter) = counter()
        && let Some(tick) = Scale::current_tick(counter)
    {
        return tick;
    }
    os_tick()
}

/// The current tick by the OS's clock.
fn os_tick() -> u64 {
    static EPOCH: OnceLock<Instant> = OnceLock::new();
    let elapsed = EPOCH.get_or_init(Instant::now).elapsed();
    FIRST_TICK + nanos(elapsed.as_nanos())
}

/// The processor's counter of time, where there is one that this file knows how to read.
#[cfg(all(target_arch = "x86_64", not(miri), not(agentops_plain)))]
#[inline]
#[expect(clippy::unnecessary_wraps, reason = "other processors have none")]
fn counter() -> Option<u64> {
    // SAFETY: every x86-64 processor has the instruction; a system that forbids it to programs
    // (`prctl(PR_SET_TSC)`, which nobody does by default) forbids it to `clock_gettime` as well.
    Some(unsafe { std::arch::x86_64::_rdtsc() })
}

/// The processor's counter of time: none is read here.
#[cfg(not(all(target_arch = "x86_64", not(miri), not(agentops_plain))))]
#[inline]
fn counter() -> Option<u64> {
    None
}

/// Whether the counter runs at one rate on all processors, whatever they do.
#[cfg(all(
    target_arch = "x86_64",
    target_os = "linux",
    not(miri),
    not(agentops_plain)
))]
fn is_counter_steady() -> bool {
    use std::arch::x86_64::__cpuid;
    const POWER: u32 = 0x8000_0007;
    const INVARIANT: u32 = 1 << 8;
    let is_invariant = __cpuid(0x8000_0000).eax >= POWER && __cpuid(POWER).edx & INVARIANT != 0;
    let path = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    let is_trusted = || std::fs::read_to_string(path).is_ok_and(|name| name.trim() == "tsc");
    is_invariant && is_trusted()
}

/// Whether the counter runs at one rate on all processors: nobody vouches for it here.
#[cfg(not(all(
    target_arch = "x86_64",
    target_os = "linux",
    not(miri),
    not(agentops_plain)
)))]
fn is_counter_steady() -> bool {
    false
}

/// One moment on the counter and the OS's clock.
#[derive(Clone, Copy, Debug)]
struct Reading {
    counter: u64,
    tick: u64,
}

impl Reading {
    /// The best of some: the one whose clock was read in the shortest time.
    fn take() -> Option<Self> {
        let one = || {
            let before = counter()?;
            let tick = os_tick();
            let width = counter()?.saturating_sub(before);
            let counter = before + width / 2;
            Some((width, Self { counter, tick }))
        };
        let best = (0..8).filter_map(|_| one()).min_by_key(|(width, _)| *width);
        best.map(|(_, reading)| reading)
    }
}

/// Makes ticks come from the counter. For the one thread that keeps the time.
#[derive(Debug)]
pub struct Calibration {
    last: Option<Reading>,
    /// Ticks from the last reading to the next.
    interval: u64,
}

/// Ticks over which the first scale is measured: 50 ns of doubt are 2.5 in a million.
const FIRST_INTERVAL: u64 = 20_000_000;
/// Ticks between later readings.
const LONGEST_INTERVAL: u64 = 1_000_000_000;
/// Off by more than this the clocks were not just drifting: the machine slept or was moved.
const LEAP: u64 = 1_000_000;

impl Calibration {
    /// Begins to measure, where the counter may be trusted.
    #[must_use]
    pub fn begin() -> Self {
        let last = is_counter_steady().then(Reading::take).flatten();
        Self {
            last,
            interval: FIRST_INTERVAL,
        }
    }

    /// Brings the scale up to date, if it is time.
    pub fn step(&mut self) {
        let Some(last) = self.last else {
            return;
        };
        if os_tick() - last.tick < self.interval {
            return;
        }
        let Some(now) = Reading::take() else {
            return;
        };
        self.last = Some(now);
        self.interval = (self.interval * 4).min(LONGEST_INTERVAL);
        let counted = now.counter.saturating_sub(last.counter);
        let Some(scale) = Scale::over(counted, now.tick - last.tick) else {
            // A counter that was reset says nothing of the time before.
            Scale::withdraw();
            self.interval = FIRST_INTERVAL;
            return;
        };
        // From the tick it says now, so that ticks go on; the next second makes good the rest.
        let told = Scale::current_tick(now.counter).unwrap_or(now.tick);
        let behind = now.tick.abs_diff(told);
        let scale = match behind > LEAP {
            true => scale.from(now.counter, now.tick),
            false => scale
                .from(now.counter, told)
                .towards(now.tick, LONGEST_INTERVAL),
        };
        scale.publish();
    }
}

/// The wall clock as nanoseconds since the Unix epoch; 0 before 1970.
#[must_use]
pub fn unix_nanos() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| nanos(since.as_nanos()))
}

fn nanos(value: u128) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

/// One moment on both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The moment in ticks.
    pub tick: u64,
    /// The same moment as nanoseconds since the Unix epoch.
    pub unix_nanos: u64,
}

impl Anchor {
    /// Reads both clocks, one right after the other.
    #[must_use]
    pub fn take() -> Self {
        Self {
            tick: now(),
            unix_nanos: unix_nanos(),
        }
    }

    /// Converts a tick of the same process to nanoseconds since the Unix epoch.
    #[must_use]
    pub fn unix(self, tick: u64) -> u64 {
        if tick >= self.tick {
            self.unix_nanos.saturating_add(tick - self.tick)
        } else {
            self.unix_nanos.saturating_sub(self.tick - tick)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn ticks_never_go_back() {
        let first = now();
        assert!(now() >= first);
    }

    #[test]
    fn ticks_of_the_counter_follow_the_clock() {
        let mut calibration = Calibration::begin();
        let started = Instant::now();
        let mut last = now();
        while started.elapsed() < Duration::from_millis(200) {
            calibration.step();
            let tick = now();
            assert!(tick >= last, "{tick} after {last}");
            last = tick;
        }
        // A thread that is interrupted between the two reads them late.
        let off = (0..100).map(|_| now().abs_diff(os_tick())).min();
        assert!(off.is_some_and(|off| off < 50_000), "{off:?}");
    }

    #[test]
    fn an_anchor_converts_both_directions() {
        let anchor = Anchor {
            tick: 100,
            unix_nanos: 1_000,
        };
        assert_eq!(anchor.unix(130), 1_030);
        assert_eq!(anchor.unix(70), 970);
        assert_eq!(anchor.unix(0), 900);
    }
}
