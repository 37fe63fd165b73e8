//! Keep bodies in memory while the disk cannot be written.
//!
//! Trap, no disk: memory is bounded, what does not fit is counted, and the report says
//! that nothing is durable. What is being sent stays until it is known what becomes of it:
//! it would be counted as lost and arrive all the same.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::queue::parcel::{Parcel, Piece, Source};

/// Bytes of bodies that are kept in memory while the disk cannot be written.
pub const RING_BYTES: usize = 32 << 20;

/// Bodies in the order they came; the oldest that are not being sent go when it is full.
#[derive(Debug, Default)]
pub(super) struct Ring {
    bodies: VecDeque<Kept>,
    bytes: usize,
    /// The number of the next body.
    next: u64,
    /// The last body of those that are being sent.
    lent: Option<u64>,
}

/// A body in memory.
#[derive(Debug)]
pub(super) struct Kept {
    number: u64,
    pub(super) bytes: Vec<u8>,
    pub(super) items: u32,
}

impl Ring {
    pub(super) fn is_empty(&self) -> bool {
        self.bodies.is_empty()
    }

    /// Bytes of all bodies.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds a body and returns how many items had to go for it, its own if it is too big.
    pub(super) fn push(&mut self, bytes: &[u8], items: u32) -> u64 {
        let lent = self.lent_bodies();
        let stays: usize = self.bodies.range(..lent).map(|body| body.bytes.len()).sum();
        if stays + bytes.len() > RING_BYTES {
            return items.into();
        }
        let mut lost = 0;
        while self.bytes + bytes.len() > RING_BYTES {
            let Some(oldest) = self.bodies.remove(lent) else {
                break;
            };
            self.bytes -= oldest.bytes.len();
            lost += u64::from(oldest.items);
        }
        self.bytes += bytes.len();
        self.bodies.push_back(Kept {
            number: self.next,
            bytes: bytes.to_vec(),
            items,
        });
        self.next += 1;
        lost
    }

    /// The oldest bodies, at most about `max_bytes` of them.
    pub(super) fn parcel(&mut self, max_bytes: usize) -> Option<Parcel> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut bytes = Vec::new();
        for body in &self.bodies {
            if !pieces.is_empty() && bytes.len() + body.bytes.len() > max_bytes {
                break;
            }
            bytes.extend_from_slice(&body.bytes);
            pieces.push(Piece {
                len: body.bytes.len(),
                items: body.items,
                end: body.number,
            });
        }
        self.lent = pieces.last().map(|piece| piece.end);
        Parcel::new(Arc::new(bytes), 0, pieces, Source::Ring)
    }

    /// How many of the first bodies are being sent.
    fn lent_bodies(&self) -> usize {
        let lent = self.lent.map_or(0, |last| last + 1);
        self.bodies.partition_point(|body| body.number < lent)
    }

    /// Removes the bodies up to number `last` and returns how many items they were.
    ///
    /// Some of them may have gone for want of room since they were put back.
    pub(super) fn remove_through(&mut self, last: u64) -> u64 {
        let mut items = 0;
        while self.bodies.front().is_some_and(|body| body.number <= last) {
            items += self.pop().map_or(0, |body| u64::from(body.items));
        }
        // Of what was given out at once, the rest may still be on its way.
        self.lent = self.lent.filter(|lent| *lent > last);
        items
    }

    /// Puts `rest`, which holds `items`, in the place of body `number`; returns the items of that.
    ///
    /// `None` if it has gone for want of room.
    pub(super) fn replace(&mut self, number: u64, rest: &[u8], items: u32) -> Option<u64> {
        let body = self
            .bodies
            .front_mut()
            .filter(|body| body.number == number)?;
        let before = u64::from(body.items);
        self.bytes = self.bytes - body.bytes.len() + rest.len();
        body.bytes = rest.to_vec();
        body.items = items;
        Some(before)
    }

    /// Notes that the parcel given out was not taken.
    pub(super) fn put_back(&mut self) {
        self.lent = None;
    }

    /// The oldest body, unless it is just being sent.
    pub(super) fn oldest(&self) -> Option<&Kept> {
        self.bodies.front().filter(|_| self.lent.is_none())
    }

    pub(super) fn pop(&mut self) -> Option<Kept> {
        let oldest = self.bodies.pop_front()?;
        self.bytes -= oldest.bytes.len();
        Some(oldest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parcel_that_lost_its_bodies_meanwhile_removes_no_others() {
        let mut ring = Ring::default();
        assert_eq!(ring.push(&[1; 100], 1), 0);
        let parcel = ring.parcel(1000).unwrap();
        ring.put_back();
        assert_eq!(ring.push(&vec![2; RING_BYTES], 7), 1);
        assert_eq!(ring.remove_through(parcel.end()), 0);
        assert_eq!(ring.bytes, RING_BYTES);
        assert_eq!(ring.pop().map(|body| body.items), Some(7));
    }

    #[test]
    fn a_body_without_room_beside_what_is_being_sent_costs_no_other() {
        let mut ring = Ring::default();
        assert_eq!(ring.push(&[1; 100], 1), 0);
        let _parcel = ring.parcel(1000).unwrap();
        assert_eq!(ring.push(&[2; 100], 3), 0);
        assert_eq!(ring.push(&vec![3; RING_BYTES], 7), 7);
        assert_eq!(ring.push(&vec![4; RING_BYTES - 100], 5), 3);
        assert_eq!(ring.bytes, RING_BYTES);
        assert_eq!(ring.remove_through(0), 1);
        assert_eq!(ring.pop().map(|body| body.items), Some(5));
    }

    #[test]
    fn a_body_beyond_the_limit_costs_no_other() {
        let mut ring = Ring::default();
        assert_eq!(ring.push(b"small", 1), 0);
        assert_eq!(ring.push(&vec![0; RING_BYTES + 1], 5), 5);
        assert_eq!(ring.pop().map(|body| body.bytes), Some(b"small".to_vec()));
    }

    #[test]
    fn what_is_being_sent_is_not_moved_elsewhere() {
        let mut ring = Ring::default();
        ring.push(b"one", 1);
        let _parcel = ring.parcel(1000);
        assert!(ring.oldest().is_none());
        ring.put_back();
        assert!(ring.oldest().is_some());
    }

    #[test]
    fn the_second_half_of_what_is_being_sent_is_not_moved_either() {
        let mut ring = Ring::default();
        ring.push(b"one", 1);
        ring.push(b"two", 1);
        let (first, rest) = ring.parcel(1000).unwrap().split();
        assert_eq!(ring.remove_through(first.end()), 1);
        assert!(ring.oldest().is_none());
        assert_eq!(ring.remove_through(rest.unwrap().end()), 1);
        ring.push(b"three", 1);
        assert!(ring.oldest().is_some());
    }
}
