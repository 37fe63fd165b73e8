//! When what passes have written is synced to the disk.

use std::time::{Duration, Instant};

/// From the begin of a pass that is synced to the next sync. Nothing that ended a second ago may
/// be lost to a power cut: the rest of it is for a pass and the sync behind it.
const SYNC_EVERY: Duration = Duration::from_millis(800);

/// When the next sync is due.
///
/// It is counted from where the pass began that was synced last: what ended just after that is
/// the oldest of what is not on the disk.
#[derive(Debug)]
pub(super) struct Syncs {
    /// After each pass.
    each: bool,
    due: Instant,
}

impl Syncs {
    pub(super) fn new(each: bool, now: Instant) -> Self {
        let due = now + SYNC_EVERY;
        Self { each, due }
    }

    /// How long to wait for the next pass, at most `interval`.
    pub(super) fn pause(&self, interval: Duration, now: Instant) -> Duration {
        interval.min(self.due.saturating_duration_since(now))
    }

    /// Whether to sync after the pass that began at `begun` and ends now; the next is due then.
    pub(super) fn take_due(&mut self, begun: Instant, now: Instant) -> bool {
        let is_due = self.each || now >= self.due;
        if is_due {
            self.due = begun + SYNC_EVERY;
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What ended before this may not be lost.
    const WINDOW: Duration = Duration::from_secs(1);

    /// What is longest not on the disk, where passes and syncs take so long each.
    fn longest(interval: Duration, pass: Duration, sync: Duration) -> Duration {
        let mut now = Instant::now();
        let mut syncs = Syncs::new(false, now);
        // Just after this, something ended that is not on the disk yet.
        let mut ended = now;
        let mut longest = Duration::ZERO;
        for _ in 0..1000 {
            now += syncs.pause(interval, now);
            let begun = now;
            now += pass;
            if syncs.take_due(begun, now) {
                now += sync;
                longest = longest.max(now - ended);
                ended = begun;
            }
        }
        longest
    }

    #[test]
    fn nothing_is_off_the_disk_for_more_than_a_second() {
        for interval in [1, 10, 50, 99, 100] {
            for pass in [0, 1, 7, 60, 100] {
                for sync in [0, 1, 30, 100] {
                    let [interval, pass, sync] = [interval, pass, sync].map(Duration::from_millis);
                    let longest = longest(interval, pass, sync);
                    assert!(
                        longest <= WINDOW,
                        "{interval:?} {pass:?} {sync:?}: {longest:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn syncs_are_no_more_than_need_be() {
        let begin = Instant::now();
        let mut syncs = Syncs::new(false, begin);
        let millis = |n: u64| begin + Duration::from_millis(n);
        let synced: Vec<u64> = (0..4000)
            .step_by(50)
            .filter(|n| syncs.take_due(millis(*n), millis(*n)))
            .collect();
        assert_eq!(synced, [800, 1600, 2400, 3200]);
    }

    #[test]
    fn each_pass_is_synced_where_that_is_asked_for() {
        let now = Instant::now();
        let mut syncs = Syncs::new(true, now);
        assert!(syncs.take_due(now, now) && syncs.take_due(now, now));
    }
}
