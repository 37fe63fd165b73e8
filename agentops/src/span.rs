//! Start spans: the path of every annotated call.
//!
//! A start reads its parent from the `Context`, asks the sampler at roots,
//! writes a record and attaches a handle. An end (`live`) writes another record
//! with what was recorded in between. Everything else is the drain thread's.

use std::borrow::Cow;
use std::sync::Arc;

use agentops_spool::definition::SiteDef;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::write::{Identity, Start};
use agentops_spool::site::{self, Kind, Site};
use agentops_spool::span::inference_name;
use agentops_spool::{clock, pool, registry, thread};
use opentelemetry::trace::{
    Link, SpanContext, SpanId, SpanKind, TraceContextExt as _, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{Array, Context, KeyValue, Value};

use crate::buffer::Buffer;
use crate::content::policy;
use crate::description::{Description, Fields};
use crate::handle::Handle;
use crate::host::{self, Attachment};
use crate::leaf::Leaf;
use crate::live::{Live, OpenSpan, is_measured};
use crate::run::{CurrentRun, Run, RunStart, with_members};
use crate::sampling::{self, Candidate, Verdict};
use crate::slot::SlotRef;
use crate::{ids, semconv, values};

/// A span that has begun and is current; none by default.
#[derive(Debug, Default)]
pub(crate) struct Started {
    // In this order: a span that is dropped is not current any more when it ends.
    /// Keeps it current; none for a leaf.
    pub(crate) guard: Option<Attachment>,
    pub(crate) open: OpenSpan,
}

/// Finds the parent of a span; `false` where nothing that is to be said of the span matters, since
/// nothing is recorded of it. Then its fields are not even computed.
pub(crate) fn look(description: &mut Description, started: &mut Started) -> bool {
    if !description.parent.look() {
        return false;
    }
    let is_left_out = description.parent.decides() == Some(false) && is_told_all(description);
    if is_left_out && !description.parent.span.is_unsampled() && !description.site.is_leaf() {
        begin_unrecorded(description, &Fields::OfSite(&[]), started);
    }
    !is_left_out
}

/// Whether a span that is not recorded needs nothing said of it.
fn is_told_all(description: &Description) -> bool {
    let site = description.site;
    let is_counted = is_measured(site) || site.kind() == Kind::Session;
    !is_counted && !site.is_described() && description.parent.is_plain()
}

/// Begins a span and makes it current, unless it is a leaf.
pub(crate) fn begin(description: &mut Description, fields: &Fields<'_>, started: &mut Started) {
    let site = description.site;
    if site.kind() == Kind::Session {
        description.leave_other_session();
    }
    let decided = description.parent.decides();
    let is_plain = description.is_plain() && site.kind() != Kind::Session;
    match decided {
        // Most calls: a parent that is recorded, and nothing to be said but fields.
        Some(true) if is_plain && !keeps_content(description) => match site.is_leaf() {
            true => begin_leaf(description, fields, started),
            false => begin_plain(description, fields, started),
        },
        Some(false) if is_plain => {
            match is_measured(site) || !description.parent.span.is_unsampled() {
                true if !site.is_leaf() => begin_unrecorded(description, fields, started),
                // Its parent is not recorded either, and what is below finds that one.
                _ => {}
            }
        }
        _ => Newborn::of(description, fields, decided).begin(started),
    }
}

fn keeps_content(description: &Description) -> bool {
    policy::is_captured(description.parent.realm)
}

/// Begins a span of which its record holds nothing but fields.
#[inline]
fn begin_plain(description: &Description, fields: &Fields<'_>, started: &mut Started) {
    let run_index = description.parent.run_index;
    let (trace_id, span_id) = (trace_id(description), ids::span_id());
    let slot = SlotRef::take();
    // Long before it is moved to where it stays: a processor waits for what was written just now
    // in smaller pieces than it is read in.
    let handle = Handle::plain(trace_id, span_id, true, slot);
    let tick = clock::now();
    let written = thread::append(|out| {
        let identity = identity(description, trace_id, span_id, true, run_index);
        Start { identity, tick }.write(out);
        fields.write(out);
    });
    if !written {
        return lose(slot);
    }
    started.open.begin(Live {
        site: description.site,
        trace_id,
        span_id,
        slot: Some(slot),
        tick,
        session: run_index,
        is_sampled: true,
        keeps_content: false,
    });
    started.make_current(|| Context::current_with_span(handle));
}

/// Counts a span whose start found no room.
#[cold]
fn lose(slot: SlotRef) {
    pool::count_lost();
    slot.finish();
}

/// Begins a span that is not recorded; calls that feed metrics keep their fields for that.
#[inline]
fn begin_unrecorded(description: &Description, fields: &Fields<'_>, started: &mut Started) {
    let site = description.site;
    let (slot, tick, fields) = match is_measured(site) {
        true => (
            Some(SlotRef::take()),
            clock::now(),
            Buffer::fill(|out| fields.write(out)),
        ),
        // Those below have to know the trace, and nothing else of it.
        false => (None, 0, Buffer::default()),
    };
    let live = Live {
        site,
        trace_id: trace_id(description),
        span_id: ids::span_id(),
        slot,
        tick,
        session: description.parent.run_index,
        is_sampled: false,
        keeps_content: false,
    };
    started.open.begin_counted(live, fields);
    started.make_current(|| live.plain_context());
}

/// Begins a leaf of which its record holds nothing but fields.
fn begin_leaf(description: &Description, fields: &Fields<'_>, started: &mut Started) {
    let site = description.site;
    let (trace_id, span_id) = (trace_id(description), ids::span_id());
    let run_index = description.parent.run_index;
    let identity = identity(description, trace_id, span_id, true, run_index);
    let (leaf, record) = Leaf::begin(identity, site.kind(), false, |out| fields.write(out));
    started.open.begin_leaf(leaf, record);
}

impl Started {
    /// Makes the span current, in a context made for it that holds nothing new but the span.
    #[inline]
    fn make_current(&mut self, make: impl FnOnce() -> Context) {
        self.guard = host::attach_new(make);
        if self.guard.is_none() {
            self.open.run_in_plain();
        }
    }
}

/// The trace that a span belongs to.
#[inline]
fn trace_id(description: &Description) -> TraceId {
    let parent = &description.parent.span;
    match parent.is_some() {
        true => parent.trace_id,
        false => ids::trace_id(),
    }
}

#[inline]
fn identity(
    description: &Description,
    trace_id: TraceId,
    span_id: SpanId,
    is_sampled: bool,
    session: u32,
) -> Identity {
    let parent = &description.parent.span;
    Identity {
        site: registry::id_of(description.site),
        session,
        trace_id: trace_id.to_bytes(),
        span_id: span_id.to_bytes(),
        parent_id: parent.span_id.to_bytes(),
        parent_remote: parent.is_remote,
        trace_flags: u8::from(is_sampled),
    }
}

/// A span of any kind, whose ids are made and whose fate is decided.
struct Newborn<'a> {
    description: &'a Description,
    fields: &'a Fields<'a>,
    trace_id: TraceId,
    span_id: SpanId,
    is_sampled: bool,
    keeps_content: bool,
    /// The session that it is.
    session: Option<Arc<Run>>,
    /// What a sampler said of it.
    verdict: Option<Box<Verdict>>,
}

impl<'a> Newborn<'a> {
    fn of(description: &'a mut Description, fields: &'a Fields<'a>, decided: Option<bool>) -> Self {
        let site = description.site;
        let (trace_id, span_id) = (trace_id(description), ids::span_id());
        let (is_sampled, verdict) = if let Some(is_sampled) = decided {
            (is_sampled, None)
        } else {
            let asking = Asking {
                description,
                fields,
            };
            let verdict = sampling::ask(&description.parent.span_context(), trace_id, &asking);
            (verdict.is_sampled, verdict.words())
        };
        let session =
            (site.kind() == Kind::Session).then(|| session(description, trace_id, span_id));
        Self {
            keeps_content: is_sampled && keeps_content(description),
            description,
            fields,
            trace_id,
            span_id,
            is_sampled,
            session,
            verdict,
        }
    }

    fn begin(self, started: &mut Started) {
        match (self.site().is_leaf(), self.is_sampled) {
            (true, true) => self.begin_leaf(started),
            (true, false) => {}
            (false, true) => self.begin_recorded(started),
            (false, false) => self.begin_unrecorded(started),
        }
    }

    fn site(&self) -> &'static Site {
        self.description.site
    }

    /// Index of the session, 0 for none.
    fn run_index(&self) -> u32 {
        let session = self.session.as_ref();
        session.map_or(self.description.parent.run_index, |run| run.index)
    }

    fn identity(&self) -> Identity {
        let Self {
            description,
            trace_id,
            span_id,
            is_sampled,
            ..
        } = *self;
        identity(description, trace_id, span_id, is_sampled, self.run_index())
    }

    fn begin_leaf(self, started: &mut Started) {
        let own = self.own_attributes();
        let (leaf, record) = Leaf::begin(
            self.identity(),
            self.site().kind(),
            self.keeps_content,
            |out| self.write(&own, out),
        );
        started.open.begin_leaf(leaf, record);
    }

    fn begin_recorded(self, started: &mut Started) {
        let own = self.own_attributes();
        let start = Start {
            identity: self.identity(),
            tick: clock::now(),
        };
        let written = thread::append(|out| {
            start.write(out);
            self.write(&own, out);
        });
        if !written {
            pool::count_lost();
            return;
        }
        let slot = Some(SlotRef::take());
        started.open.begin(self.live(slot, start.tick));
        self.make_current(slot, started);
    }

    fn begin_unrecorded(self, started: &mut Started) {
        if !is_measured(self.site()) {
            started.open.begin(self.live(None, 0));
            return self.make_current(None, started);
        }
        let own = self.own_attributes();
        let fields = Buffer::fill(|out| self.write(&own, out));
        let slot = Some(SlotRef::take());
        let live = self.live(slot, clock::now());
        started.open.begin_counted(live, fields);
        self.make_current(slot, started);
    }

    fn live(&self, slot: Option<SlotRef>, tick: u64) -> Live {
        Live {
            site: self.site(),
            trace_id: self.trace_id,
            span_id: self.span_id,
            slot,
            tick,
            session: self.run_index(),
            is_sampled: self.is_sampled,
            keeps_content: self.keeps_content,
        }
    }

    fn make_current(self, slot: Option<SlotRef>, started: &mut Started) {
        started.guard = host::attach(self.context(slot));
        if started.guard.is_none() {
            started.open.run_in(self.context(slot));
        }
    }

    /// Attributes that no option writes as a field.
    fn own_attributes(&self) -> Cow<'_, [KeyValue]> {
        let attributes = self.description.attributes();
        match self.description.is_plain() || self.session.is_some() {
            true => Cow::Borrowed(attributes),
            false => Cow::Owned(self.gather_attributes()),
        }
    }

    #[cold]
    fn gather_attributes(&self) -> Vec<KeyValue> {
        let mut own = self.description.attributes().to_vec();
        own.extend(self.description.parent.session_attribute());
        let tags = self.description.tags();
        if !tags.is_empty() {
            let run = self.description.parent.run();
            let mut all = run.map_or_else(Vec::new, |run| run.tags());
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
    #[inline]
    fn write(&self, own: &[KeyValue], out: &mut Cursor<'_>) {
        // What an option says itself wins over what is found in what another names.
        for attribute in own {
            out.attr(attribute.key.as_str());
            values::write_value(&attribute.value, out);
        }
        self.fields.write(out);
        for attribute in self.verdict.iter().flat_map(|verdict| &verdict.attributes) {
            out.attr(attribute.key.as_str());
            values::write_value(&attribute.value, out);
        }
        self.description.parent.write(out);
        let state = self.trace_state();
        if *state != TraceState::NONE {
            values::write_trace_state(state, out);
        }
        if self.keeps_content {
            self.description.write_content(out);
        }
    }

    /// That of the parent, unless a sampler said another.
    fn trace_state(&self) -> &TraceState {
        let verdict = self.verdict.as_ref();
        let said = verdict.and_then(|verdict| verdict.trace_state.as_ref());
        said.unwrap_or_else(|| self.description.parent.trace_state())
    }

    fn span_context(&self) -> SpanContext {
        let flags = TraceFlags::new(u8::from(self.is_sampled));
        let state = self.trace_state().clone();
        SpanContext::new(self.trace_id, self.span_id, flags, false, state)
    }

    /// What the span's callees run in.
    #[inline]
    fn context(&self, slot: Option<SlotRef>) -> Context {
        let context = self.span_context();
        let is_plain = self.session.is_none() && self.description.is_plain();
        match (slot, is_plain) {
            (Some(slot), true) => Context::current_with_span(Handle { context, slot }),
            (None, true) => Context::map_current(|cx| cx.with_remote_span_context(context)),
            (_, false) => self.context_with_more(context, slot),
        }
    }

    fn context_with_more(&self, context: SpanContext, slot: Option<SlotRef>) -> Context {
        let parent = &self.description.parent;
        let cx = parent.surroundings();
        let cx = match slot {
            Some(slot) => cx.with_span(Handle { context, slot }),
            None => cx.with_remote_span_context(context),
        };
        let cx = parent.apply_baggage(cx);
        let baggage = self.description.baggage();
        let Some(session) = &self.session else {
            let cx = match parent.run() {
                Some(run) => run.merge_baggage(cx),
                None => cx,
            };
            return with_baggage(cx, baggage);
        };
        // Baggage of a session within a session is its own.
        let is_new = parent.run_index != session.index;
        let cx = match is_new {
            true => session.begin_baggage(cx, baggage.to_vec()),
            false => with_baggage(session.merge_baggage(cx), baggage),
        };
        let current = CurrentRun::new(Arc::clone(session), slot, &cx);
        cx.with_value(current)
    }
}

fn with_baggage(cx: Context, members: &[(String, String)]) -> Context {
    match members.is_empty() {
        true => cx,
        false => with_members(&cx, members.iter().cloned()),
    }
}

/// The session that a session span belongs to: the current one, or a new one.
fn session(description: &mut Description, trace_id: TraceId, span_id: SpanId) -> Arc<Run> {
    let (session_id, user, tags) = description.take_session();
    let parent = &mut description.parent;
    if let Some(run) = parent.session() {
        run.describe(user, tags);
        return run;
    }
    let id = session_id.or_else(|| parent.take_session_id());
    Run::begin(RunStart {
        id: id.unwrap_or_else(|| ids::unique().to_string()),
        realm: parent.realm,
        trace_id,
        span_id,
        user,
        tags,
    })
}

/// A span about which a sampler is asked.
struct Asking<'a> {
    description: &'a Description,
    fields: &'a Fields<'a>,
}

impl Candidate for Asking<'_> {
    fn context(&self) -> Context {
        self.description.parent.context()
    }

    fn name(&self, attributes: &[KeyValue]) -> String {
        let definition = SiteDef::from(self.description.site);
        let name = self.fields.name().or(definition.name.as_deref());
        match name {
            Some(name) => name.to_owned(),
            None if definition.kind == Kind::LlmCall => {
                let operation = text_of(attributes, semconv::GEN_AI_OPERATION_NAME);
                let model = text_of(attributes, semconv::GEN_AI_REQUEST_MODEL);
                inference_name(operation, model).into_owned()
            }
            None => definition.function,
        }
    }

    fn kind(&self) -> SpanKind {
        match self.description.site.kind_of_spans() {
            site::SpanKind::Internal => SpanKind::Internal,
            site::SpanKind::Server => SpanKind::Server,
            site::SpanKind::Client => SpanKind::Client,
            site::SpanKind::Producer => SpanKind::Producer,
            site::SpanKind::Consumer => SpanKind::Consumer,
        }
    }

    fn attributes(&self) -> Vec<KeyValue> {
        let site = self.description.site;
        let fields = Buffer::fill(|out| self.fields.write(out));
        let own = self.description.attributes().iter().cloned();
        let mut known: Vec<KeyValue> = Vec::new();
        let constants = SiteDef::from(site);
        let said = values::constants(&constants).chain(own);
        for attribute in said.chain(values::attributes(site, fields.as_bytes())) {
            match known.iter_mut().find(|known| known.key == attribute.key) {
                Some(known) => known.value = attribute.value,
                None => known.push(attribute),
            }
        }
        known
    }

    fn links(&self) -> Vec<Link> {
        let links = self.description.parent.links().iter();
        links.map(|link| Link::with_context(link.clone())).collect()
    }
}

fn text_of<'a>(attributes: &'a [KeyValue], key: &str) -> Option<&'a str> {
    let found = attributes.iter().find(|known| known.key.as_str() == key);
    match &found?.value {
        Value::String(text) => Some(text.as_str()),
        _ => None,
    }
}
