//! Our span as other OpenTelemetry code sees it.
//!
//! The OpenTelemetry `Context` owns a [`Handle`], and clones of the context may
//! outlive the span: a handle that is late writes nowhere (`slot`).

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use agentops_spool::clock;
use opentelemetry::KeyValue;
use opentelemetry::trace::{Span, SpanContext, SpanId, Status, TraceFlags, TraceId, TraceState};

use crate::slot::SlotRef;
use crate::updates::push;

/// Our span as other OpenTelemetry code sees it.
#[derive(Debug)]
pub(crate) struct Handle {
    pub(crate) context: SpanContext,
    pub(crate) slot: SlotRef,
}

impl Handle {
    /// Of a span that has no trace state.
    #[inline]
    pub(crate) fn plain(
        trace_id: TraceId,
        span_id: SpanId,
        is_sampled: bool,
        slot: SlotRef,
    ) -> Self {
        let flags = TraceFlags::new(u8::from(is_sampled));
        let context = SpanContext::new(trace_id, span_id, flags, false, TraceState::NONE);
        Self { context, slot }
    }
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
        let nanos = |time: Duration| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        let now = clock::now();
        let tick = match time.elapsed() {
            Ok(ago) => now.saturating_sub(nanos(ago)),
            Err(ahead) => now.saturating_add(nanos(ahead.duration())),
        };
        // 0 would say that the end is not known.
        self.slot
            .update(|updates| updates.ended = Some(tick.max(1)));
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
