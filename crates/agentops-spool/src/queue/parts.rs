//! Account for a body that was sent in parts, because not all of it was taken.

use std::io;

use crate::ledger::{Ledger, LossReason};
use crate::queue::disk::Done;
use crate::queue::parcel::{Parcel, Source};
use crate::queue::{Inner, Queue, put_aside, ready};
use crate::segment::unsynced::Unsynced;

/// What became of the records of one body.
#[derive(Debug, Default)]
pub struct Parts {
    /// Records that the destination took or rejected.
    pub taken: u64,
    /// Records that it rejected while it took others of the same request.
    pub rejected: u64,
    /// Bodies of one record each that it refuses for good.
    pub refused: Vec<Vec<u8>>,
    /// A body of what is left to send; empty if nothing is.
    pub rest: Vec<u8>,
    /// Records in it.
    pub left: u64,
}

/// Items of a body by what became of them.
///
/// Spans are items themselves. A body of metrics or logs is one item, and as good as the worst
/// of its records once none of them is left.
#[derive(Debug, PartialEq, Eq)]
struct Shares {
    left: u64,
    refused: u64,
    rejected: u64,
    delivered: u64,
}

/// What is to be done after a body was settled, without the lock.
#[derive(Debug, Default)]
struct Left {
    /// What is to be on the disk before the segment is given up that it was in.
    rest: Option<Unsynced>,
    /// That segment, if nothing is left in it.
    done: Option<Done>,
}

impl Shares {
    fn of(items: u64, parts: &Parts) -> Self {
        let left = match parts.rest.is_empty() {
            true => 0,
            // Without an item the rest would not count as something to send.
            false => parts.left.max(1).min(items),
        };
        let mut over = items.saturating_sub(left);
        let mut share = |wanted: u64| {
            let given = wanted.min(over);
            over -= given;
            given
        };
        let refused = share(parts.refused.len() as u64);
        let rejected = share(parts.rejected);
        Self {
            left,
            refused,
            rejected,
            delivered: over,
        }
    }
}

impl Queue {
    /// Takes a parcel of one body out of the queue; what is left of it is put behind the others.
    ///
    /// That comes first: a crash in between makes records appear twice, never not at all. Where
    /// the rest cannot be written, the whole body stays and is sent again.
    pub fn settle_parts(&self, parcel: &Parcel, parts: &Parts) {
        let refused = parts.refused.iter().map(|body| (&body[..], 1));
        let kept = parts.refused.is_empty()
            || self
                .directory()
                .is_some_and(|directory| put_aside(directory, self.signal(), refused).is_ok());
        let shares = Shares::of(parcel.items(), parts);
        // Before anybody can learn that it is settled, who may collect the metrics then.
        let taken = self.inner().flight.settle(parcel.items());
        let error = (shares.refused > 0).then_some(LossReason::Rejected.as_str());
        self.observer.tell(taken, error);
        let mut inner = self.inner();
        let settled = match parcel.source() {
            Source::Ring => Ok(inner.settle_kept(parcel, parts, &shares)),
            Source::Segment(_) => self.settle_written(&mut inner, parcel, parts, &shares),
        };
        let left = match settled {
            Ok(left) => left,
            Err(error) => {
                self.tell_disk(&error);
                None
            }
        };
        if left.is_some() {
            shares.count(&mut inner.ledger, kept);
        }
        drop(inner);
        self.changed.notify_all();
        if let Some(left) = left {
            self.discard(left);
        }
    }

    /// Gives up the segment that the body was in, if that is done with, once what was taken from it
    /// is on the disk. If it is not, the next body of it may end it: the rest comes first anyway.
    fn discard(&self, Left { rest, done }: Left) {
        if let Some(rest) = rest {
            // Where the disk fails at it, the rest is as safe as all that is written then.
            let _ = rest.sync();
        }
        let mut inner = self.inner();
        inner.disk.note_syncs();
        if let Some(done) = done {
            inner.disk.discard(&done);
        }
    }

    /// `None` where the body was not there any more.
    fn settle_written(
        &self,
        inner: &mut Inner,
        parcel: &Parcel,
        parts: &Parts,
        shares: &Shares,
    ) -> io::Result<Option<Left>> {
        let (Source::Segment(path), end) = (parcel.source(), parcel.end()) else {
            return Ok(None);
        };
        let rest = self.directory().filter(|_| !parts.rest.is_empty());
        if let Some(directory) = rest {
            // First of all, because the body itself may be what has to go.
            self.make_room_for(inner, directory, parts.rest.len());
        }
        // One that expired meanwhile was counted as such already.
        if !inner.disk.holds(path, end) {
            return Ok(None);
        }
        let mut left = Left::default();
        if let Some(directory) = rest {
            let items = u32::try_from(shares.left).unwrap_or(u32::MAX);
            let body = ready(&parts.rest, items, 0);
            inner.disk.write(directory, self.signal(), body)?;
            // What it is taken from goes, and may have been synced long ago.
            left.rest = inner.disk.last_unsynced();
        }
        inner.recent.forget(path, end);
        let (items, done) = inner.disk.acknowledge(path, end, parcel.items());
        left.done = done;
        inner.ledger.spooled += shares.left;
        inner.ledger.spooled -= items;
        Ok(Some(left))
    }
}

impl Inner {
    /// The same for a body in memory.
    fn settle_kept(&mut self, parcel: &Parcel, parts: &Parts, shares: &Shares) -> Option<Left> {
        let number = parcel.end();
        let left = u32::try_from(shares.left).unwrap_or(u32::MAX);
        let items = match parts.rest.is_empty() {
            true => self.ring.remove_through(number),
            false => self.ring.replace(number, &parts.rest, left).unwrap_or(0),
        };
        // What had to go for want of room was counted as lost.
        if items == 0 {
            return None;
        }
        self.ledger.buffered -= items;
        self.ledger.buffered += shares.left;
        Some(Left::default())
    }
}

impl Shares {
    /// Adds all but what is left.
    fn count(&self, ledger: &mut Ledger, kept: bool) {
        ledger.delivered += self.delivered;
        ledger.lose(LossReason::Rejected, self.rejected);
        match kept {
            true => ledger.quarantined += self.refused,
            false => ledger.lose(LossReason::Rejected, self.refused),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(taken: u64, rejected: u64, refused: usize, left: u64) -> Parts {
        Parts {
            taken,
            rejected,
            refused: vec![Vec::new(); refused],
            rest: vec![0; usize::from(left > 0)],
            left,
        }
    }

    /// Items left, refused, rejected and delivered.
    fn shares(items: u64, parts: &Parts) -> [u64; 4] {
        let shares = Shares::of(items, parts);
        let all = [
            shares.left,
            shares.refused,
            shares.rejected,
            shares.delivered,
        ];
        assert_eq!(all.iter().sum::<u64>(), items);
        all
    }

    #[test]
    fn spans_are_counted_one_by_one() {
        assert_eq!(shares(10, &parts(9, 0, 1, 0)), [0, 1, 0, 9]);
        assert_eq!(shares(10, &parts(5, 2, 1, 4)), [4, 1, 2, 3]);
        assert_eq!(shares(2, &parts(0, 0, 2, 0)), [0, 2, 0, 0]);
    }

    #[test]
    fn a_body_that_is_one_item_is_as_good_as_the_worst_of_its_records() {
        assert_eq!(shares(1, &parts(9, 0, 0, 0)), [0, 0, 0, 1]);
        assert_eq!(shares(1, &parts(9, 3, 0, 0)), [0, 0, 1, 0]);
        assert_eq!(shares(1, &parts(9, 0, 1, 0)), [0, 1, 0, 0]);
        // Not yet told: it is still on its way.
        assert_eq!(shares(1, &parts(9, 3, 1, 5)), [1, 0, 0, 0]);
    }

    #[test]
    fn a_count_that_is_wrong_loses_no_item() {
        assert_eq!(shares(3, &parts(9, 0, 5, 0)), [0, 3, 0, 0]);
        assert_eq!(shares(3, &parts(0, 0, 1, 9)), [3, 0, 0, 0]);
        assert_eq!(shares(9, &parts(1, 0, 0, 1)), [1, 0, 0, 8]);
    }
}
