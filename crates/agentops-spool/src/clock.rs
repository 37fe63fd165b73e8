//! Ticks for durations and the anchor that turns them into wall time.
//!
//! A tick is a nanosecond of the process's monotonic clock. Durations are
//! differences of ticks only; wall time comes from an [`Anchor`], which is taken
//! anew when the wall clock was set, so that this moves later spans but never
//! stretches one.

use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Ticks start here, so that a tick shortly before the first anchor stays positive.
const FIRST_TICK: u64 = 1_000_000_000;

/// The current tick: nanoseconds of the monotonic clock since a moment of this process.
#[must_use]
pub fn now() -> u64 {
    static EPOCH: OnceLock<Instant> = OnceLock::new();
    let elapsed = EPOCH.get_or_init(Instant::now).elapsed();
    FIRST_TICK + nanos(elapsed.as_nanos())
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
    use super::*;

    #[test]
    fn ticks_never_go_back() {
        let first = now();
        assert!(now() >= first);
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
