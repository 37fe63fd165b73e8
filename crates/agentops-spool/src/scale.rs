//! Turn readings of the processor's counter into ticks.
//!
//! One thread measures and publishes scales, all others read the newest one
//! without a lock and without waiting: it stands in one of a few places, used in
//! turn, and a reader that finds that its place was used again meanwhile takes
//! the time from elsewhere.

use std::sync::atomic::{AtomicU64, Ordering, fence};

/// Places for scales; that many publications, a second apart, must pass within one reading of a
/// scale to spoil it.
const PLACES: usize = 4;
/// Binary digits of a rate behind the point.
const FRACTION: u32 = 32;

/// A straight line through one moment: ticks by readings of the counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    counter: u64,
    tick: u64,
    /// Ticks in a step of the counter, times 2^32; 0 where none are known.
    rate: u64,
}

#[derive(Debug)]
struct Place {
    counter: AtomicU64,
    tick: AtomicU64,
    rate: AtomicU64,
}

impl Place {
    const fn empty() -> Self {
        Self {
            counter: AtomicU64::new(0),
            tick: AtomicU64::new(0),
            rate: AtomicU64::new(0),
        }
    }
}

static PLACE: [Place; PLACES] = [const { Place::empty() }; PLACES];
/// How many scales were published; the newest stands at the place of that number.
static NEWEST: AtomicU64 = AtomicU64::new(0);

fn place(number: u64) -> &'static Place {
    // The remainder is smaller than the number of places.
    #[allow(clippy::cast_possible_truncation, reason = "a remainder that fits")]
    let index = (number % PLACES as u64) as usize;
    &PLACE[index]
}

impl Scale {
    /// The rate of so many ticks in so many steps of the counter; `None` where that is none.
    pub(crate) fn over(counted: u64, ticks: u64) -> Option<Self> {
        let rate = (u128::from(ticks) << FRACTION).checked_div(u128::from(counted))?;
        // A counter of 30 MHz to 1 THz: all that are in use, and none that was reset.
        let is_sane = (1 << (FRACTION - 10)..1 << (FRACTION + 5)).contains(&rate);
        let rate = u64::try_from(rate).ok().filter(|_| is_sane)?;
        Some(Self {
            counter: 0,
            tick: 0,
            rate,
        })
    }

    /// The same rate from this moment on.
    pub(crate) fn from(self, counter: u64, tick: u64) -> Self {
        Self {
            counter,
            tick,
            ..self
        }
    }

    /// The rate bent so that what is off now from `tick` is made good within `ticks`.
    pub(crate) fn towards(self, tick: u64, ticks: u64) -> Self {
        let rate = u128::from(self.rate) * u128::from(ticks + tick.saturating_sub(self.tick));
        let rate = rate / u128::from(ticks + self.tick.saturating_sub(tick));
        Self {
            rate: u64::try_from(rate).unwrap_or(self.rate),
            ..self
        }
    }

    #[inline]
    fn tick(self, counter: u64) -> u64 {
        // The counters of two processors may differ by a few steps.
        let steps = counter.saturating_sub(self.counter);
        let ticks = (u128::from(steps) * u128::from(self.rate)) >> FRACTION;
        // More than 64 bits would be 500 years.
        #[allow(clippy::cast_possible_truncation, reason = "what is cut is zero")]
        let ticks = ticks as u64;
        self.tick + ticks
    }

    /// The tick at this reading of the counter, if a scale is published.
    #[inline]
    pub(crate) fn current_tick(counter: u64) -> Option<u64> {
        // Acquire pairs with the Release of `publish`: the place holds that scale or a later one.
        let number = NEWEST.load(Ordering::Acquire);
        let at = place(number);
        let scale = Self {
            counter: at.counter.load(Ordering::Relaxed),
            tick: at.tick.load(Ordering::Relaxed),
            rate: at.rate.load(Ordering::Relaxed),
        };
        // Pairs with the fence of `publish`: whoever saw a word of a later scale in this place
        // sees here that the number has gone on by almost as many as there are places.
        fence(Ordering::Acquire);
        let passed = NEWEST.load(Ordering::Relaxed).wrapping_sub(number);
        let is_whole = passed < PLACES as u64 - 1;
        (is_whole && scale.rate != 0).then(|| scale.tick(counter))
    }

    /// Makes it the scale of all threads. For the one thread that keeps the time.
    pub(crate) fn publish(self) {
        let number = NEWEST.load(Ordering::Relaxed) + 1;
        // Not before the number of the scale before: see `current_tick`.
        fence(Ordering::Release);
        let at = place(number);
        at.counter.store(self.counter, Ordering::Relaxed);
        at.tick.store(self.tick, Ordering::Relaxed);
        at.rate.store(self.rate, Ordering::Relaxed);
        NEWEST.store(number, Ordering::Release);
    }

    /// Makes all threads take the time from the OS again.
    pub(crate) fn withdraw() {
        let none = Self {
            counter: 0,
            tick: 0,
            rate: 0,
        };
        none.publish();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_goes_through_its_moment_at_its_rate() {
        // 2.5 GHz, over a second.
        let scale = Scale::over(2_500_000_000, 1_000_000_000).unwrap();
        let scale = scale.from(1_000, 77);
        assert_eq!(scale.tick(1_000), 77);
        assert_eq!(scale.tick(999), 77);
        let after = scale.tick(1_000 + 25_000_000_000);
        assert!(after.abs_diff(77 + 10_000_000_000) < 10, "{after}");
    }

    #[test]
    fn a_counter_that_was_reset_has_no_scale() {
        assert_eq!(Scale::over(0, 1_000_000_000), None);
        assert_eq!(Scale::over(3, 1_000_000_000), None);
        assert_eq!(Scale::over(u64::MAX, 1), None);
    }

    #[test]
    fn what_is_off_is_made_good_in_time() {
        let scale = Scale::over(1_000_000_000, 1_000_000_000).unwrap();
        for off in [300_i64, -300] {
            let told = 5_000_000_000_u64.saturating_add_signed(off);
            let bent = scale.from(0, told).towards(5_000_000_000, 1_000_000_000);
            assert!(bent.tick(1) >= told);
            let after = bent.tick(1_000_000_000);
            assert!(after.abs_diff(6_000_000_000) < 3, "{after}");
        }
    }
}
