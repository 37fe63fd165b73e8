//! When what passes have written is synced to the disk.
//!
//! A sync is asked for after a pass, and covers what passes wrote until it begins. Passes go on
//! beside it. One that is asked for while another runs begins as soon as that ends, so where the
//! disk is slower than what is wanted of it, it is synced without a pause.

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

    /// Notes a sync after the pass that began at `begun`.
    pub(super) fn begin(&mut self, begun: Instant) {
        self.due = begun + SYNC_EVERY;
    }

    /// Whether to sync after the pass that began at `begun` and ends now; the next is due then.
    pub(super) fn take_due(&mut self, begun: Instant, now: Instant) -> bool {
        let is_due = self.each || now >= self.due;
        if is_due {
            self.begin(begun);
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
        // Just after these, something ended that is not on the disk yet: the begin of the last pass
        // that a sync on its way covers, and of the last one that is over.
        let (mut covered, mut written) = (now, now);
        // When the sync ends that is on its way, and whether another one is asked for.
        let (mut ends, mut is_asked) = (now, false);
        let mut longest = Duration::ZERO;
        for _ in 0..1000 {
            let begun = now + syncs.pause(interval, now);
            now = begun + pass;
            // The thread that syncs does not wait for the end of this pass.
            if is_asked && ends <= now {
                is_asked = false;
                ends += sync;
                longest = longest.max(ends - covered);
                covered = written;
            }
            written = begun;
            if syncs.take_due(begun, now) {
                if ends > now {
                    is_asked = true;
                    continue;
                }
                ends = now + sync;
                longest = longest.max(ends - covered);
                covered = written;
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
    fn on_a_slow_disk_the_next_sync_begins_as_soon_as_the_last_one_ends() {
        for interval in [1, 50, 100] {
            for pass in [0, 7, 100] {
                for sync in [700, 800, 1000, 3000] {
                    let [interval, pass, sync] = [interval, pass, sync].map(Duration::from_millis);
                    let longest = longest(interval, pass, sync);
                    // What just missed a sync waits for its end and for the next one.
                    let at_most = sync.max(SYNC_EVERY) + sync + 2 * pass + interval;
                    assert!(
                        longest <= at_most,
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
