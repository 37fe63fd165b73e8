//! How long to wait before the next attempt.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

/// The first pause after a failure, which then doubles.
const FIRST: Duration = Duration::from_millis(500);
/// The longest pause.
const LONGEST: Duration = Duration::from_mins(1);
/// Bounds of what a `Retry-After` header may ask for.
const RETRY_AFTER: (Duration, Duration) = (Duration::from_millis(100), Duration::from_mins(10));

/// Pauses between attempts to send.
#[derive(Debug, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Forgets the failures, because an attempt succeeded.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// The pause after one more failure; `retry_after` is what the server asked for.
    pub fn next(&mut self, retry_after: Option<Duration>) -> Duration {
        let pause = FIRST
            .saturating_mul(1 << self.failures.min(16))
            .min(LONGEST);
        self.failures += 1;
        match retry_after {
            Some(asked) => asked.clamp(RETRY_AFTER.0, RETRY_AFTER.1),
            None => jitter(pause),
        }
    }
}

/// Between half of `pause` and all of it, so that clients do not come back at once.
fn jitter(pause: Duration) -> Duration {
    let random = RandomState::new().hash_one(0) % 512;
    let share = u32::try_from(random).unwrap_or(0) + 512;
    pause * share / 1024
}

/// Reads a `Retry-After` header that gives seconds.
#[must_use]
pub fn retry_after(header: &str) -> Option<Duration> {
    header.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_bounded() {
        let mut backoff = Backoff::default();
        let first = backoff.next(None);
        assert!(first >= FIRST / 2 && first <= FIRST, "{first:?}");
        for _ in 0..40 {
            assert!(backoff.next(None) <= LONGEST);
        }
        backoff.reset();
        assert!(backoff.next(None) <= FIRST);
    }

    #[test]
    fn the_servers_wish_is_honoured_within_bounds() {
        let mut backoff = Backoff::default();
        let wish = |header| retry_after(header);
        assert_eq!(backoff.next(wish("7")), Duration::from_secs(7));
        assert_eq!(backoff.next(wish("0")), Duration::from_millis(100));
        assert_eq!(backoff.next(wish("99999")), Duration::from_mins(10));
        for nonsense in ["", "soon", "-1", "1e308", "NaN"] {
            assert_eq!(wish(nonsense), None, "{nonsense}");
        }
    }
}
