//! How long to wait before the next attempt.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use crate::clock::unix_nanos;

/// The first pause after a failure, which then doubles.
const FIRST: Duration = Duration::from_millis(500);
/// The longest pause.
const LONGEST: Duration = Duration::from_mins(1);
/// Bounds of what a `Retry-After` header may ask for.
const RETRY_AFTER: (Duration, Duration) = (Duration::from_millis(100), Duration::from_mins(10));

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

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
        self.failures = self.failures.saturating_add(1);
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

/// Reads a `Retry-After` header: seconds, or a date in the form that HTTP prefers.
#[must_use]
pub fn retry_after(header: &str) -> Option<Duration> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // More than a number holds is as long as can be.
        return Some(Duration::from_secs(header.parse().unwrap_or(u64::MAX)));
    }
    let now = unix_nanos() / 1_000_000_000;
    date(header).map(|date| Duration::from_secs(date.saturating_sub(now)))
}

/// Seconds since the Unix epoch of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`.
fn date(text: &str) -> Option<u64> {
    let (_, date) = text.split_once(", ")?;
    let parts: Vec<&str> = date.strip_suffix(" GMT")?.split([' ', ':']).collect();
    let [day, month, year, hour, minute, second] = parts[..] else {
        return None;
    };
    let number =
        |text: &str, limit: u64| text.parse::<u64>().ok().filter(|number| *number <= limit);
    let month = MONTHS.iter().position(|name| *name == month)? as u64;
    // Years from March on, so that the leap day is the last one.
    let (year, month) = match (number(year, 9999)?.checked_sub(1600)?, month) {
        (year, 0 | 1) => (year.checked_sub(1)?, month + 10),
        (year, month) => (year, month - 2),
    };
    let leap_days = year / 4 - year / 100 + year / 400;
    let days = year * 365 + leap_days + (month * 153 + 2) / 5 + number(day, 31)?.checked_sub(1)?;
    let of_day = number(hour, 23)? * 3600 + number(minute, 59)? * 60 + number(second, 60)?;
    // From the first of March 1600 to the epoch.
    Some(days.checked_sub(135_080)? * 86_400 + of_day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_a_header_says_the_pause_is_within_bounds(
            header in "\\PC{0,40}|[0-9]{0,30}|(Sun|Mon), [0-9]{1,3} (Jan|Feb|Foo) [0-9]{1,20} [0-9]{1,3}:[0-9]{2}:[0-9]{2} GMT",
            failures in 0..100,
        ) {
            let mut backoff = Backoff::default();
            for _ in 0..failures {
                let _ = backoff.next(None);
            }
            let wish = retry_after(&header);
            let pause = backoff.next(wish);
            match wish {
                Some(wish) => prop_assert_eq!(pause, wish.clamp(RETRY_AFTER.0, RETRY_AFTER.1)),
                None => prop_assert!(pause >= FIRST / 2 && pause <= LONGEST),
            }
        }

        #[test]
        fn seconds_are_read_as_they_are(secs in any::<u64>()) {
            prop_assert_eq!(retry_after(&format!(" {secs} ")), Some(Duration::from_secs(secs)));
        }
    }

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
        assert_eq!(
            backoff.next(wish("99999999999999999999999")),
            Duration::from_mins(10)
        );
        for nonsense in [
            "",
            "soon",
            "-1",
            "+1",
            "1.5",
            "1e308",
            "NaN",
            ", GMT",
            "Sun, 99 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(wish(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn a_wish_may_be_a_date() {
        for (text, secs) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799),
            ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800),
            ("Fri, 31 Dec 2100 12:00:00 GMT", 4_133_937_600),
        ] {
            assert_eq!(date(text), Some(secs), "{text}");
        }
        assert_eq!(
            retry_after("Sun, 06 Nov 1994 08:49:37 GMT"),
            Some(Duration::ZERO)
        );
        let mut backoff = Backoff::default();
        let far = retry_after("Fri, 31 Dec 9999 12:00:00 GMT");
        assert_eq!(backoff.next(far), Duration::from_mins(10));
    }
}
