//! What others do to our span while it is open, and the handle they do it through.
//!
//! The OpenTelemetry `Context` owns a [`Handle`], and clones of the context may
//! outlive the span. The handle refers to a slot that is used again by later
//! spans; slot and handle carry a generation, so that a stale handle can never
//! write onto another span. Motivation: an `Arc` per span would say the same,
//! at the price of an allocation and two contended counters.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use agentops_spool::{clock, fork};
use opentelemetry::KeyValue;
use opentelemetry::trace::{Span, SpanContext, Status};

/// Most attributes, events and links that updates keep of one span.
const LIMIT: usize = 128;

/// A place for updates of one span at a time.
#[derive(Debug, Default)]
pub(crate) struct Slot {
    generation: AtomicU64,
    /// Whether `updates` holds something, of this generation or an earlier one.
    is_dirty: AtomicBool,
    updates: Mutex<Updates>,
}

/// What was recorded on a span after its start.
#[derive(Debug, Default)]
pub(crate) struct Updates {
    generation: u64,
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

/// The right to use a slot for one span.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SlotRef {
    slot: &'static Slot,
    generation: u64,
}

static FREE: Mutex<Vec<&'static Slot>> = Mutex::new(Vec::new());

impl SlotRef {
    /// Takes a slot.
    pub(crate) fn take() -> Self {
        let free = FREE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let slot = free.unwrap_or_else(|| Box::leak(Box::default()));
        let generation = slot.generation.load(Ordering::Acquire);
        Self { slot, generation }
    }

    /// Ends the use of the slot and gives what was recorded.
    ///
    /// Whoever updates checks the generation while holding the lock, and what
    /// it leaves carries its generation: an update that comes after the new
    /// generation is lost with its span, and never mistaken for the next one's.
    pub(crate) fn finish(self) -> Option<Updates> {
        self.slot
            .generation
            .store(self.generation + 1, Ordering::SeqCst);
        let updates = self.slot.is_dirty.load(Ordering::SeqCst).then(|| {
            let mut updates = self.updates();
            self.slot.is_dirty.store(false, Ordering::SeqCst);
            std::mem::take(&mut *updates)
        });
        let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        free.push(self.slot);
        drop(free);
        updates.filter(|updates| updates.generation == self.generation)
    }

    fn updates(&self) -> MutexGuard<'static, Updates> {
        self.slot
            .updates
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn is_current(&self) -> bool {
        self.slot.generation.load(Ordering::SeqCst) == self.generation
    }

    /// Runs `update` unless the span has ended.
    pub(crate) fn update(self, update: impl FnOnce(&mut Updates)) {
        // The lock may be held by a thread that a forked child does not have.
        if fork::is_child() {
            return;
        }
        let mut updates = self.updates();
        if !self.is_current() {
            return;
        }
        if updates.generation != self.generation {
            *updates = Updates {
                generation: self.generation,
                ..Updates::default()
            };
        }
        if updates.ended.is_none() {
            update(&mut updates);
            self.slot.is_dirty.store(true, Ordering::SeqCst);
        }
    }

    fn is_open(&self) -> bool {
        if fork::is_child() {
            return false;
        }
        let updates = self.updates();
        let ended = updates.generation == self.generation && updates.ended.is_some();
        self.is_current() && !ended
    }
}

impl Updates {
    /// The specification's order is unset < error < ok; a lower one changes nothing.
    pub(crate) fn set_status(&mut self, status: Status) {
        if status >= self.status {
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
        match self.attributes.iter_mut().find(|a| a.key == attribute.key) {
            Some(known) => known.value = attribute.value,
            None => push(&mut self.attributes, attribute, &mut self.dropped[0]),
        }
    }
}

fn push<T>(to: &mut Vec<T>, item: T, dropped: &mut u32) {
    if to.len() < LIMIT {
        to.push(item);
    } else {
        *dropped = dropped.saturating_add(1);
    }
}

/// Our span as other OpenTelemetry code sees it.
#[derive(Debug)]
pub(crate) struct Handle {
    pub(crate) context: SpanContext,
    pub(crate) slot: SlotRef,
}

impl Span for Handle {
    fn add_event_with_timestamp<T>(&mut self, name: T, time: SystemTime, attributes: Vec<KeyValue>)
    where
        T: Into<Cow<'static, str>>,
    {
        let event = (time, name.into(), attributes);
        self.slot
            .update(|updates| push(&mut updates.events, event, &mut updates.dropped[1]));
    }

    fn span_context(&self) -> &SpanContext {
        &self.context
    }

    fn is_recording(&self) -> bool {
        self.context.is_sampled() && self.slot.is_open()
    }

    fn set_attribute(&mut self, attribute: KeyValue) {
        self.slot.update(|updates| updates.set(attribute));
    }

    fn set_status(&mut self, status: Status) {
        self.slot.update(|updates| updates.set_status(status));
    }

    fn update_name<T>(&mut self, name: T)
    where
        T: Into<Cow<'static, str>>,
    {
        let name = name.into();
        self.slot.update(|updates| updates.name = Some(name));
    }

    fn add_link(&mut self, to: SpanContext, attributes: Vec<KeyValue>) {
        let link = (to, attributes);
        self.slot
            .update(|updates| push(&mut updates.links, link, &mut updates.dropped[2]));
    }

    fn end_with_timestamp(&mut self, time: SystemTime) {
        let ago = time.elapsed().unwrap_or_default();
        let ago = u64::try_from(ago.as_nanos()).unwrap_or(u64::MAX);
        let tick = clock::now().saturating_sub(ago);
        self.slot.update(|updates| updates.ended = Some(tick));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handle() -> Handle {
        Handle {
            context: SpanContext::empty_context(),
            slot: SlotRef::take(),
        }
    }

    #[test]
    fn a_stale_handle_writes_nowhere() {
        let mut first = handle();
        first.set_attribute(KeyValue::new("a", 1));
        let updates = first.slot.finish().unwrap();
        assert_eq!(updates.attributes, [KeyValue::new("a", 1)]);
        first.set_attribute(KeyValue::new("late", 1));
        // Whichever span uses the slot next finds it clean.
        let all: Vec<_> = (0..8).map(|_| SlotRef::take()).collect();
        assert!(all.into_iter().all(|slot| slot.finish().is_none()));
    }

    #[test]
    fn a_later_value_replaces_an_earlier_one() {
        let mut span = handle();
        span.set_attribute(KeyValue::new("a", 1));
        span.set_attribute(KeyValue::new("a", 2));
        let updates = span.slot.finish().unwrap();
        assert_eq!(updates.attributes, [KeyValue::new("a", 2)]);
    }

    #[test]
    fn nothing_is_recorded_after_the_end() {
        let mut span = handle();
        span.end();
        span.set_attribute(KeyValue::new("late", 1));
        let updates = span.slot.finish().unwrap();
        assert!(updates.ended.is_some());
        assert!(updates.attributes.is_empty());
    }
}
