//! One run of an agent: what its spans share, carried by the `Context`.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use agentops_spool::record::field::FieldTag;
use agentops_spool::record::write::{Release, SessionStart};
use agentops_spool::thread;
use opentelemetry::Context;
use opentelemetry::baggage::{BaggageExt as _, KeyValueMetadata};
use opentelemetry::trace::{SpanId, TraceId};

use crate::host;
use crate::ids;
use crate::slot::SlotRef;

/// A session, or the surroundings of a capture outside any session.
#[derive(Debug)]
pub(crate) struct Run {
    /// What records call it.
    pub(crate) index: u32,
    /// The capture it belongs to, 0 for none.
    pub(crate) realm: u32,
    /// `session.id`, empty outside any session.
    pub(crate) id: String,
    /// The trace it began in.
    pub(crate) trace_id: TraceId,
    baggage: Mutex<Vec<Member>>,
    has_baggage: AtomicBool,
}

/// A member of a session's baggage.
#[derive(Debug)]
struct Member {
    key: String,
    value: String,
    /// Values it had before: a context that holds one of them has it from here.
    past: Vec<String>,
}

/// The run in a `Context`.
#[derive(Clone, Debug)]
pub(crate) struct CurrentRun {
    pub(crate) run: Arc<Run>,
    /// The innermost session span, for who says how the session ended.
    pub(crate) slot: Option<SlotRef>,
}

impl CurrentRun {
    /// The run of the current `Context`, with its session span.
    pub(crate) fn get() -> Option<Self> {
        let get = || Context::map_current(|cx| cx.get::<Self>().cloned());
        host::context_is_alive().then(get).flatten()
    }
}

impl Run {
    /// Makes a run known to the reader of records; `span_id` is the span that is the session.
    pub(crate) fn begin(id: String, realm: u32, trace_id: TraceId, span_id: SpanId) -> Arc<Self> {
        let run = Self {
            index: ids::index(),
            realm,
            id,
            trace_id,
            baggage: Mutex::default(),
            has_baggage: AtomicBool::new(false),
        };
        thread::append(|out| {
            let start = SessionStart {
                index: run.index,
                realm,
                span_id: span_id.to_bytes(),
            };
            start.write(out);
            out.text_field(FieldTag::SessionId, &run.id);
        });
        Arc::new(run)
    }

    /// The run of `cx`.
    pub(crate) fn of(cx: &Context) -> Option<Arc<Self>> {
        cx.get::<CurrentRun>()
            .map(|current| Arc::clone(&current.run))
    }

    /// Whether it is a session and not just the surroundings of a capture.
    pub(crate) fn is_session(&self) -> bool {
        !self.id.is_empty()
    }

    /// Sets a baggage member for everything that begins in the session from now on.
    pub(crate) fn set_baggage(&self, key: &str, value: &str) {
        let mut baggage = self.baggage.lock().unwrap_or_else(PoisonError::into_inner);
        match baggage.iter_mut().find(|member| member.key == key) {
            Some(member) if member.value == value => {}
            Some(member) => {
                let past = std::mem::replace(&mut member.value, value.to_owned());
                member.past.push(past);
            }
            None => baggage.push(Member {
                key: key.to_owned(),
                value: value.to_owned(),
                past: Vec::new(),
            }),
        }
        self.has_baggage.store(true, Ordering::Release);
    }

    /// A member of the session's baggage.
    pub(crate) fn baggage(&self, key: &str) -> Option<String> {
        let baggage = self.baggage.lock().unwrap_or_else(PoisonError::into_inner);
        let member = baggage.iter().find(|member| member.key == key);
        member.map(|member| member.value.clone())
    }

    /// `cx` with the session's baggage; what was set nearer than in the session stays.
    pub(crate) fn merge_baggage(&self, cx: Context) -> Context {
        if !self.has_baggage.load(Ordering::Acquire) {
            return cx;
        }
        let baggage = self.baggage.lock().unwrap_or_else(PoisonError::into_inner);
        let missing: Vec<_> = baggage
            .iter()
            .filter(|member| {
                let here = cx.baggage().get(&member.key);
                here.is_none_or(|value| member.past.iter().any(|past| past == value.as_str()))
            })
            .map(|member| (member.key.clone(), member.value.clone()))
            .collect();
        drop(baggage);
        match missing.is_empty() {
            true => cx,
            false => with_members(&cx, missing.into_iter()),
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let index = self.index;
        thread::append(|out| Release { index }.write(out));
    }
}

/// `cx` with these members in its baggage; a key that is there already is replaced.
pub(crate) fn with_members(
    cx: &Context,
    members: impl Iterator<Item = (String, String)>,
) -> Context {
    let kept: Vec<_> = cx
        .baggage()
        .iter()
        .map(|(key, (value, properties))| {
            KeyValueMetadata::new(key.clone(), value.clone(), properties.clone())
        })
        .collect();
    let added = members.map(|(key, value)| KeyValueMetadata::new(key, value, ""));
    cx.with_baggage(kept.into_iter().chain(added))
}
