//! Compare what was told with what arrived.

use std::collections::HashMap;

use prost::Message as _;

use crate::drills::account::Account;
use crate::drills::made::{Made, is_incomplete};
use crate::drills::told::Told;
use crate::spans::{Span, Spans};

/// So many spans are named where more are wrong.
const NAMED: usize = 5;

/// What a comparison found.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// The account.
    pub account: Account,
    /// Spans that arrived as incomplete, of those that had not ended.
    pub incomplete: u64,
    /// Spans that were open for sure and did not arrive at all.
    pub open_lost: u64,
    /// Bytes of spans that arrived once more.
    pub duplicated_bytes: usize,
    /// Ended spans that did not arrive.
    pub lost: Vec<Made>,
    /// Ended spans that arrived as incomplete: of these the end was lost.
    pub end_lost: Vec<Made>,
    /// What is wrong, in words; the first few of each kind.
    pub wrong: Vec<String>,
}

/// Compares spans that arrived, from all programs, with what these told.
pub fn compare(told: &Told, spans: &Spans) -> Compared {
    let mut found = Compared::default();
    let mut first: HashMap<Made, &Span> = HashMap::new();
    for span in spans.iter() {
        let Some(made) = Made::read(span).filter(|made| told.begun.contains(made)) else {
            found.account.invented += 1;
            found.say(found.account.invented, || format!("invented: {span:?}"));
            continue;
        };
        if let Some(before) = first.get(&made) {
            found.again(made, before, span);
            continue;
        }
        first.insert(made, span);
        found.once(made, span, told);
    }
    found.account.ended = told.ended.len() as u64;
    let mut missing: Vec<Made> = told.ended.keys().copied().collect();
    missing.retain(|made| !first.contains_key(made));
    missing.sort();
    found.account.lost = missing.len() as u64;
    for made in missing.iter().take(NAMED) {
        let what = format!("lost: {made:?}, a {:?}", made.shape());
        found.wrong.push(what);
    }
    found.lost = missing;
    let is_open = |made: &&Made| !told.ended.contains_key(made) && !first.contains_key(made);
    found.open_lost = told.opened.iter().filter(is_open).count() as u64;
    found
}

impl Compared {
    /// Counts spans as lost, and not as altered, that arrived without their end: where a part of
    /// what was recorded is lost, it may be the end of a span whose start is not.
    pub fn count_lost_ends(&mut self) {
        let ends = self.end_lost.len() as u64;
        self.account.altered -= ends;
        self.account.delivered -= ends;
        self.account.lost += ends;
        self.lost.append(&mut self.end_lost);
        self.wrong
            .retain(|wrong| !wrong.starts_with("altered (ended"));
    }

    fn once(&mut self, made: Made, span: &Span, told: &Told) {
        let has_ended = told.ended.contains_key(&made);
        let difference = match made.difference(span) {
            None if has_ended && is_incomplete(span) => {
                self.end_lost.push(made);
                Some("ended and arrived as incomplete")
            }
            difference => difference,
        };
        if let Some(difference) = difference {
            self.account.altered += 1;
            self.say(self.account.altered, || {
                format!("altered ({difference}): {made:?}, {span:?}")
            });
        }
        self.account.delivered += u64::from(has_ended);
        self.incomplete += u64::from(is_incomplete(span));
    }

    fn again(&mut self, made: Made, before: &Span, span: &Span) {
        self.account.duplicated += 1;
        self.duplicated_bytes += span.proto.encoded_len();
        // Who receives spans knows the second by its ids; what it says must be the same.
        let ids = |span: &Span| (span.proto.trace_id.clone(), span.proto.span_id.clone());
        let difference = if ids(before) != ids(span) {
            Some("ids")
        } else if is_incomplete(before) != is_incomplete(span) {
            Some("one is incomplete")
        } else if before.duration() != span.duration() {
            Some("duration")
        } else {
            made.difference(span)
        };
        if let Some(difference) = difference {
            self.account.altered += 1;
            self.say(self.account.altered, || {
                format!("altered between two copies ({difference}): {made:?}, {before:?}, {span:?}")
            });
        }
    }

    fn say(&mut self, nth: u64, what: impl FnOnce() -> String) {
        if nth <= NAMED as u64 {
            let mut what = what();
            what.truncate(what.floor_char_boundary(900));
            self.wrong.push(what);
        }
    }
}
