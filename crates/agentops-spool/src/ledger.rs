//! Count what became of every item, so that nothing is lost in silence.
//!
//! An item is a span, or one OTLP body of metrics or logs. At every moment
//! `ended + adopted == delivered + spooled + buffered + quarantined + expired + lost`.

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
}

impl Ledger {
    /// Whether every item is accounted for.
    #[must_use]
    pub fn balances(&self) -> bool {
        let came = self.ended + self.adopted;
        let went = self.delivered
            + self.spooled
            + self.buffered
            + self.quarantined
            + self.expired
            + self.lost;
        came == went
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
    }
}
