//! Start spans: the path of every annotated call.
//!
//! A start reads its parent from the `Context`, asks the sampler at roots,
//! writes a record and attaches a handle. An end (`live`) writes another record
//! with what was recorded in between. Everything else is the drain thread's.

use std::sync::Arc;

use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::write::{Identity, Start};
use agentops_spool::site::{self, Kind, Site};
use agentops_spool::{clock, pool, registry, thread};
use opentelemetry::trace::{
    SpanContext, SpanId, SpanKind, TraceContextExt as _, TraceFlags, TraceId,
};
use opentelemetry::{Array, Context, KeyValue, Value};

use crate::content::arguments::Arguments;
use crate::content::json::Json;
use crate::content::policy;
use crate::host::{self, Attachment};
use crate::leaf::Leaf;
use crate::live::{Live, OpenSpan, is_measured};
use crate::parent::Parent;
use crate::run::{CurrentRun, Run, RunStart, with_members};
use crate::slot::{Handle, SlotRef};
use crate::{ids, semconv, update};

/// A span that has begun and is current.
#[derive(Debug)]
pub(crate) struct Started {
    pub(crate) open: OpenSpan,
    /// Keeps it current; none for a leaf.
    pub(crate) guard: Option<Attachment>,
}

/// What is said of a span before it begins.
#[derive(Debug)]
pub(crate) struct Description {
    pub(crate) site: &'static Site,
    pub(crate) parent: Parent,
    pub(crate) arguments: Arguments,
    /// In a box, since most spans have nothing of it.
    details: Option<Box<Details>>,
}

/// What options say of a span besides its fields.
#[derive(Debug, Default)]
pub(crate) struct Details {
    /// The id given for a session span.
    pub(crate) session_id: Option<String>,
    /// Whom a session runs for.
    pub(crate) user: Option<String>,
    /// Words to find it by: all of a session, or just this span.
    pub(crate) tags: Vec<String>,
    /// Baggage members for all that it calls.
    pub(crate) baggage: Vec<(String, String)>,
    /// Attributes that were found in what an option named.
    pub(crate) attributes: Vec<KeyValue>,
    /// What a model is told, as messages; content.
    pub(crate) prompt: Option<Json>,
}

impl Description {
    pub(crate) fn new(site: &'static Site, parent: Parent) -> Self {
        Self {
            site,
            parent,
            arguments: Arguments::default(),
            details: None,
        }
    }

    /// To say something of it.
    pub(crate) fn details(&mut self) -> &mut Details {
        self.details.get_or_insert_default()
    }

    fn tags(&self) -> &[String] {
        self.details.as_ref().map_or(&[], |details| &details.tags)
    }

    fn attributes(&self) -> &[KeyValue] {
        let details = self.details.as_ref();
        details.map_or(&[], |details| &details.attributes)
    }
}

/// A span whose ids are made and whose fate is decided.
struct Newborn {
    description: Description,
    trace_id: TraceId,
    span_id: SpanId,
    is_sampled: bool,
    keeps_content: bool,
    /// The session that it belongs to; its own, if it is a session span.
    run: Option<Arc<Run>>,
}

/// Begins a span and makes it current, unless it is a leaf.
pub(crate) fn begin(description: Description, fields: impl Fn(&mut Cursor<'_>)) -> Option<Started> {
    let newborn = Newborn::of(description);
    match newborn.site().is_leaf() {
        true => newborn.into_leaf(fields),
        false => newborn.into_current(fields),
    }
}

impl Newborn {
    fn of(mut description: Description) -> Self {
        let is_session = description.site.kind() == Kind::Session;
        if is_session {
            let details = description.details.as_ref();
            let id = details.and_then(|details| details.session_id.as_deref());
            description.parent.leave_other(id);
        }
        let context = &description.parent.context;
        let trace_id = match context.is_valid() {
            true => context.trace_id(),
            false => ids::trace_id(),
        };
        let span_id = ids::span_id();
        let site = description.site;
        let is_sampled = description
            .parent
            .is_sampled(trace_id, site, &span_kind(site));
        let run = match is_session {
            true => Some(session(&mut description, trace_id, span_id)),
            false => description.parent.run.clone(),
        };
        let keeps_content = is_sampled && policy::is_captured(description.parent.realm);
        Self {
            description,
            trace_id,
            span_id,
            is_sampled,
            keeps_content,
            run,
        }
    }

    fn site(&self) -> &'static Site {
        self.description.site
    }

    fn identity(&self) -> Identity {
        let parent = &self.description.parent.context;
        Identity {
            site: registry::id_of(self.site()),
            session: self.run.as_ref().map_or(0, |run| run.index),
            trace_id: self.trace_id.to_bytes(),
            span_id: self.span_id.to_bytes(),
            parent_id: parent.span_id().to_bytes(),
            parent_remote: parent.is_remote(),
            trace_flags: u8::from(self.is_sampled),
        }
    }

    fn into_leaf(self, fields: impl Fn(&mut Cursor<'_>)) -> Option<Started> {
        let own = self.own_attributes();
        let leaf = self.is_sampled.then(|| {
            let write = |out: &mut Cursor<'_>| self.write(&fields, &own, out);
            Leaf::begin(
                self.identity(),
                self.site().kind(),
                self.keeps_content,
                write,
            )
        })?;
        Some(Started {
            open: OpenSpan::of_leaf(leaf),
            guard: None,
        })
    }

    fn into_current(self, fields: impl Fn(&mut Cursor<'_>)) -> Option<Started> {
        let own = self.own_attributes();
        let start = Start {
            identity: self.identity(),
            tick: clock::now(),
        };
        let write = |out: &mut Cursor<'_>| {
            start.write(out);
            self.write(&fields, &own, out);
        };
        if self.is_sampled && !thread::append(write) {
            pool::count_lost();
            return None;
        }
        let live = Live {
            site: self.site(),
            span_id: self.span_id,
            slot: SlotRef::take(),
            tick: start.tick,
            session: start.identity.session,
            is_sampled: self.is_sampled,
            keeps_content: self.keeps_content,
        };
        if !self.is_sampled && is_measured(self.site()) {
            update::keep(live.slot, self.site(), fields);
            for attribute in self.description.attributes() {
                let attribute = attribute.clone();
                live.slot.update(|updates| updates.set(attribute));
            }
        }
        let context = self.context(live.slot);
        let guard = host::attach(context.clone());
        let open = OpenSpan::of_live(live, context);
        Some(Started { open, guard })
    }

    /// Attributes that no option writes as a field.
    fn own_attributes(&self) -> Vec<KeyValue> {
        let mut own = self.description.attributes().to_vec();
        if self.site().kind() == Kind::Session {
            return own;
        }
        own.extend(self.description.parent.session_attribute());
        let tags = self.description.tags();
        if !tags.is_empty() {
            let mut all = self.run.as_ref().map_or_else(Vec::new, |run| run.tags());
            all.extend(tags.iter().cloned());
            let all = all.into_iter().map(Into::into).collect();
            own.push(KeyValue::new(
                semconv::AGENTOPS_TAGS,
                Value::Array(Array::String(all)),
            ));
        }
        own
    }

    /// Writes all that is known at the start but the fixed part.
    fn write(&self, fields: &impl Fn(&mut Cursor<'_>), own: &[KeyValue], out: &mut Cursor<'_>) {
        // What an option says itself wins over what is found in what another names.
        for attribute in own {
            out.attr(attribute.key.as_str());
            update::write_value(&attribute.value, out);
        }
        fields(out);
        self.description.parent.write(out);
        if self.keeps_content {
            self.description.arguments.write(self.site().kind(), out);
            let details = self.description.details.as_ref();
            if let Some(prompt) = details.and_then(|details| details.prompt.as_ref()) {
                prompt.write(semconv::GEN_AI_INPUT_MESSAGES, out);
            }
        }
    }

    /// What the span's callees run in.
    fn context(self, slot: SlotRef) -> Context {
        let Description {
            site,
            parent,
            details,
            ..
        } = self.description;
        let baggage = details.map_or_else(Vec::new, |details| details.baggage);
        let flags = TraceFlags::new(u8::from(self.is_sampled));
        let state = parent.context.trace_state().clone();
        let handle = Handle {
            context: SpanContext::new(self.trace_id, self.span_id, flags, false, state),
            slot,
        };
        let outer = parent.run.as_ref().map(|run| run.index);
        let cx = parent.surroundings().with_span(handle);
        let cx = parent.apply_baggage(cx);
        let Some(run) = self.run else {
            return with_baggage(cx, baggage);
        };
        if site.kind() != Kind::Session {
            return with_baggage(run.merge_baggage(cx), baggage);
        }
        // Baggage of a session within a session is its own.
        let is_new = outer != Some(run.index);
        let cx = match is_new {
            true => run.begin_baggage(cx, baggage),
            false => with_baggage(run.merge_baggage(cx), baggage),
        };
        cx.with_value(CurrentRun {
            run,
            slot: Some(slot),
        })
    }
}

fn with_baggage(cx: Context, members: Vec<(String, String)>) -> Context {
    match members.is_empty() {
        true => cx,
        false => with_members(&cx, members.into_iter()),
    }
}

/// The session that a session span belongs to: the current one, or a new one.
fn session(description: &mut Description, trace_id: TraceId, span_id: SpanId) -> Arc<Run> {
    let Description {
        parent, details, ..
    } = description;
    let details = details.as_mut();
    let (session_id, user, tags) = details.map_or_else(Default::default, |details| {
        let tags = std::mem::take(&mut details.tags);
        (details.session_id.take(), details.user.take(), tags)
    });
    if let Some(run) = parent.run.as_ref().filter(|run| run.is_session()) {
        run.describe(user, tags);
        return Arc::clone(run);
    }
    let id = session_id.or_else(|| parent.take_session_id());
    Run::begin(RunStart {
        id: id.unwrap_or_else(|| uuid::Uuid::now_v7().to_string()),
        realm: parent.realm,
        trace_id,
        span_id,
        user,
        tags,
    })
}

fn span_kind(site: &Site) -> SpanKind {
    match site.kind_of_spans() {
        site::SpanKind::Internal => SpanKind::Internal,
        site::SpanKind::Server => SpanKind::Server,
        site::SpanKind::Client => SpanKind::Client,
        site::SpanKind::Producer => SpanKind::Producer,
        site::SpanKind::Consumer => SpanKind::Consumer,
    }
}
