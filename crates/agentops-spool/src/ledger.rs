//! Count what became of every item, so that nothing is lost in silence.
//!
//! An item is a span, or one OTLP body of metrics or logs. At every moment
//! `ended + adopted == delivered + spooled + buffered + quarantined + expired + lost`.

use std::fmt;
use std::ops::AddAssign;

/// What became of the items of one signal on their way to one destination.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ledger {
    /// Items made by this process.
    pub ended: u64,
    /// Items taken over from processes that are gone.
    pub adopted: u64,
    /// Items that the destination took.
    pub delivered: u64,
    /// Items that lie in files, to be sent or shown later.
    pub spooled: u64,
    /// Items that lie in memory because the disk cannot be written.
    pub buffered: u64,
    /// Items that the destination refused for good; kept in a file beside the spool.
    pub quarantined: u64,
    /// Items removed because the spool was too big or they were too old.
    pub expired: u64,
    /// Items that are gone.
    pub lost: u64,
    /// Why, in the order of [`LossReason::ALL`].
    by_reason: [u64; LossReason::ALL.len()],
}

/// Why an item is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LossReason {
    /// Spans were made faster than they could be read, and memory for them was full.
    NoRoom,
    /// The disk could not be written, and memory for what waits was full.
    BufferFull,
    /// It was too big to be kept.
    TooBig,
    /// The destination refused it, and said so while it took the rest, or it could not be kept.
    Rejected,
    /// Its file was damaged.
    Damaged,
    /// A process was killed while it was in the memory of that process alone.
    Killed,
    /// The spool was full; expired.
    SpoolFull,
    /// It was too old; expired.
    TooOld,
    /// Its file is gone, which another process removed for its size or age; expired.
    Removed,
}

impl LossReason {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::NoRoom,
        Self::BufferFull,
        Self::TooBig,
        Self::Rejected,
        Self::Damaged,
        Self::Killed,
        Self::SpoolFull,
        Self::TooOld,
        Self::Removed,
    ];

    /// One word, as it stands in metrics as `error.type`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            // The word of OpenTelemetry's conventions for spans that found no room.
            Self::NoRoom => "queue_full",
            Self::BufferFull => "buffer_full",
            Self::TooBig => "too_big",
            Self::Rejected => "rejected",
            Self::Damaged => "damaged",
            Self::Killed => "killed",
            Self::SpoolFull => "spool_full",
            Self::TooOld => "too_old",
            Self::Removed => "removed",
        }
    }

    /// Whether it counts as expired rather than lost.
    #[must_use]
    pub const fn is_expiry(self) -> bool {
        matches!(self, Self::SpoolFull | Self::TooOld | Self::Removed)
    }

    const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for LossReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRoom => "made faster than they could be read",
            Self::BufferFull => "no room while the disk could not be written",
            Self::TooBig => "too big",
            Self::Rejected => "rejected by the destination",
            Self::Damaged => "in a damaged file",
            Self::Killed => "in the memory of a process that was killed",
            Self::SpoolFull => "removed from a full spool",
            Self::TooOld => "too old",
            Self::Removed => "removed by another process",
        })
    }
}

impl Ledger {
    /// Whether every item is accounted for, and every loss has its reason.
    #[must_use]
    pub fn balances(&self) -> bool {
        let came = self.ended + self.adopted;
        let went = self.delivered
            + self.spooled
            + self.buffered
            + self.quarantined
            + self.expired
            + self.lost;
        let because = |is_expiry: bool| -> u64 {
            let reasons = self.losses();
            let of_kind = reasons.filter(|(reason, _)| reason.is_expiry() == is_expiry);
            of_kind.map(|(_, count)| count).sum()
        };
        came == went && because(true) == self.expired && because(false) == self.lost
    }

    /// Why items are lost or expired: each reason that there was, and how many for it.
    pub fn losses(&self) -> impl Iterator<Item = (LossReason, u64)> + use<> {
        let counts = LossReason::ALL.into_iter().zip(self.by_reason);
        counts.filter(|(_, count)| *count > 0)
    }

    /// How many items are gone for this reason.
    #[must_use]
    pub fn lost_to(&self, reason: LossReason) -> u64 {
        self.by_reason[reason.index()]
    }

    /// Counts items that are gone.
    pub fn lose(&mut self, reason: LossReason, items: u64) {
        match reason.is_expiry() {
            true => self.expired += items,
            false => self.lost += items,
        }
        self.by_reason[reason.index()] += items;
    }
}

impl AddAssign for Ledger {
    fn add_assign(&mut self, other: Self) {
        self.ended += other.ended;
        self.adopted += other.adopted;
        self.delivered += other.delivered;
        self.spooled += other.spooled;
        self.buffered += other.buffered;
        self.quarantined += other.quarantined;
        self.expired += other.expired;
        self.lost += other.lost;
        for (count, more) in self.by_reason.iter_mut().zip(other.by_reason) {
            *count += more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_has_its_own_place_and_word() {
        let mut ledger = Ledger::default();
        for (count, reason) in (1..).zip(LossReason::ALL) {
            ledger.lose(reason, count);
        }
        let counts: Vec<_> = LossReason::ALL.map(|reason| ledger.lost_to(reason)).into();
        assert_eq!(counts, (1..=9).collect::<Vec<_>>());
        let words: std::collections::HashSet<_> = LossReason::ALL
            .map(LossReason::as_str)
            .into_iter()
            .collect();
        assert_eq!(words.len(), LossReason::ALL.len());
        ledger.ended = (1..=9).sum();
        assert!(ledger.balances(), "{ledger:?}");
    }

    #[test]
    fn a_loss_without_a_reason_does_not_balance() {
        let mut ledger = Ledger {
            ended: 1,
            lost: 1,
            ..Ledger::default()
        };
        assert!(!ledger.balances());
        ledger.lost = 0;
        ledger.lose(LossReason::TooBig, 1);
        assert!(ledger.balances());
    }
}
