//! The account of a drill: what ended, and what became of it.

use std::fmt;
use std::ops::AddAssign;

/// Spans, counted by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Spans of which the program said that they had ended.
    pub ended: u64,
    /// Of these, those that a receiver took.
    pub delivered: u64,
    /// Of these, those that did not arrive.
    pub lost: u64,
    /// Spans that arrived and that no program began.
    pub invented: u64,
    /// Spans that say something else than what they were made with.
    pub altered: u64,
    /// Spans that arrived once more.
    pub duplicated: u64,
}

impl AddAssign for Account {
    fn add_assign(&mut self, other: Self) {
        self.ended += other.ended;
        self.delivered += other.delivered;
        self.lost += other.lost;
        self.invented += other.invented;
        self.altered += other.altered;
        self.duplicated += other.duplicated;
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "ended {}, delivered {}, lost {}, invented {}, altered {}, duplicated {}",
            self.ended, self.delivered, self.lost, self.invented, self.altered, self.duplicated
        )
    }
}
