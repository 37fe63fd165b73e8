//! What was recorded on a span after its start.

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use agentops_spool::limits::{Limits, is_ours};
use opentelemetry::KeyValue;
use opentelemetry::trace::{SpanContext, Status};

/// Most attributes, events and links that updates keep of one span; its limits are kept by who reads them.
static LIMIT: AtomicUsize = AtomicUsize::new(LEAST);

/// The least of [`LIMIT`]: the specification's limits, and room for attributes of ours, which do not count.
const LEAST: usize = 128 + OURS;

/// Attributes of ours that find room beside those of the program, and beyond them as well.
const OURS: usize = 32;

fn limit() -> usize {
    LIMIT.load(Ordering::Relaxed)
}

/// Keeps as many updates as any span may hold.
pub(crate) fn set_limit(limits: Limits) {
    let most = limits.attributes.max(limits.events).max(limits.links);
    LIMIT.store(most.saturating_add(OURS).max(LEAST), Ordering::Relaxed);
}

/// What was recorded on a span after its start.
#[derive(Debug, Default)]
pub(crate) struct Updates {
    /// That of the slot, for the span whose updates these are.
    pub(crate) generation: u64,
    pub(crate) attributes: Vec<KeyValue>,
    pub(crate) events: Vec<(SystemTime, Cow<'static, str>, Vec<KeyValue>)>,
    pub(crate) links: Vec<(SpanContext, Vec<KeyValue>)>,
    pub(crate) name: Option<Cow<'static, str>>,
    pub(crate) status: Status,
    /// The tick at which other code ended the span.
    pub(crate) ended: Option<u64>,
    /// Attributes, events and links beyond [`LIMIT`].
    pub(crate) dropped: [u32; 3],
}

impl Updates {
    /// The specification's order is unset < error < ok; a lower one changes nothing.
    pub(crate) fn set_status(&mut self, status: Status) {
        // Of errors the last one counts. That of the API compares their words.
        let rank = |status: &Status| match status {
            Status::Unset => 0,
            Status::Error { .. } => 1,
            Status::Ok => 2,
        };
        if rank(&status) >= rank(&self.status) {
            self.status = status;
        }
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.attributes.iter().any(|a| a.key.as_str() == key)
    }

    /// Sets an attribute unless it is set.
    pub(crate) fn set_default(&mut self, attribute: KeyValue) {
        if !self.has(attribute.key.as_str()) {
            self.set(attribute);
        }
    }

    pub(crate) fn set(&mut self, attribute: KeyValue) {
        let known = self.attributes.iter_mut().find(|a| a.key == attribute.key);
        if let Some(known) = known {
            known.value = attribute.value;
        } else if is_ours(attribute.key.as_str()) && self.attributes.len() < limit() + OURS {
            // A program's flood must not cost our own.
            self.attributes.push(attribute);
        } else {
            push(&mut self.attributes, attribute, &mut self.dropped[0]);
        }
    }
}

/// Adds to a list that has a limit.
pub(crate) fn push<T>(to: &mut Vec<T>, item: T, dropped: &mut u32) {
    if to.len() < limit() {
        to.push(item);
    } else {
        *dropped = dropped.saturating_add(1);
    }
}
