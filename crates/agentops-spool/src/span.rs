//! A span put together from its records, ready to be encoded, counted or shown.

use std::borrow::Cow;

use crate::definition::SiteDef;
use crate::limits::{Limits, chars_of, cut_chars, is_ours, shorten};
use crate::mask::mask;
use crate::otlp::common::session_bytes;
use crate::record::cursor::cut as cut_bytes;
use crate::record::field::{Content, Error, Event, Field, Fields, Link};
use crate::record::reader::Reader;
use crate::record::value::Value;
use crate::record::write::Identity;
use crate::record::{MAX_TEXT, Reason, Status};
use crate::registry::KnownSite;
use crate::site::{Kind, OnCancel, SpanKind};

/// The attribute that tells errors apart.
const ERROR_TYPE: &str = "error.type";

/// The session that a span belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// What records of the process call it.
    pub index: u32,
    /// The capture it belongs to, 0 for none.
    pub realm: u32,
    /// The span that is the session; zeros if that is not known.
    pub span_id: [u8; 8],
    /// `session.id`; empty for spans of a capture outside any session.
    pub id: String,
    /// The fields of its newest record, as they lie there.
    pub fields: Vec<u8>,
    /// Which word on the session its newest record was.
    pub revision: u32,
    /// What it gives its spans, encoded; empty where that depends on the span.
    pub encoded: Vec<u8>,
}

impl Session {
    /// What every span of the session gets that has no such attribute of its own.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, Value<'_>)> {
        let fields = Fields::new(Reader::new(&self.fields));
        fields.filter_map(|field| match field {
            Field::Attr(key, value) => Some((key, value)),
            _ => None,
        })
    }

    /// Encodes what it gives its spans, once all of it is known.
    pub(crate) fn encode(&mut self) {
        self.encoded = session_bytes(&self.id, self.attributes());
    }

    /// Takes what a record says that came again; whether its attributes are news.
    ///
    /// Records of two threads may be seen in either order.
    pub(crate) fn update(&mut self, again: Self) -> bool {
        let is_news = again.revision > self.revision && again.fields != self.fields;
        if is_news {
            self.fields = again.fields;
        }
        self.revision = self.revision.max(again.revision);
        if !again.id.is_empty() {
            self.id = again.id;
        }
        if again.span_id != [0; 8] {
            self.span_id = again.span_id;
        }
        self.encode();
        is_news
    }
}

/// What a span is assembled from.
#[derive(Debug)]
pub struct Parts<'a> {
    /// Who it is.
    pub identity: Identity,
    /// Its call site, if it has one.
    pub site: Option<&'a KnownSite>,
    /// Its session, if it has one.
    pub session: Option<&'a Session>,
    /// Start and end in nanoseconds since the Unix epoch; an end of 0 is not known yet.
    pub times: (u64, u64),
    /// What it is to the agent; used without a site.
    pub kind: Kind,
    /// OpenTelemetry's number of the span kind; used without a site.
    pub span_kind: u8,
    /// Success or failure.
    pub status: Status,
    /// How it came to its end.
    pub reason: Reason,
    /// Fields known at the start, then those known at the end.
    pub fields: [Option<Fields<'a>>; 2],
    /// A start that another process encoded already, as protobuf fields of a span.
    pub encoded_start: &'a [u8],
    /// What it may hold at most.
    pub limits: Limits,
}

impl Parts<'_> {
    /// What it is to the agent.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.site.map_or(self.kind, |site| site.kind)
    }

    /// The capture it belongs to, 0 for none.
    #[must_use]
    pub fn realm(&self) -> u32 {
        self.session.map_or(0, |session| session.realm)
    }
}

/// An error that a function returned, as others may see it.
#[derive(Debug)]
pub struct Failure<'a> {
    /// Nanoseconds since the Unix epoch.
    pub unix_nanos: u64,
    /// Its type.
    pub type_name: &'a str,
    /// What it says, without secrets; empty if it has no words.
    pub words: Cow<'a, str>,
}

/// A span.
#[derive(Debug)]
pub struct Span<'a> {
    /// Who it is.
    pub identity: Identity,
    /// What it is to the agent.
    pub kind: Kind,
    /// OpenTelemetry's number of the span kind.
    pub span_kind: u8,
    /// Its name.
    pub name: Cow<'a, str>,
    /// Its call site, if it has one.
    pub site: Option<&'a SiteDef>,
    /// Its session.
    pub session: Option<&'a Session>,
    /// Nanoseconds since the Unix epoch.
    pub start: u64,
    /// Nanoseconds since the Unix epoch, 0 while it is open.
    pub end: u64,
    /// Keys and values; no key twice.
    pub attributes: Vec<(&'a str, Value<'a>)>,
    /// Captured content, masked and marked where it is cut; no key twice, none an attribute too.
    pub contents: Vec<(&'a str, Cow<'a, str>)>,
    /// What happened within.
    pub events: Vec<Event<'a>>,
    /// Other spans it refers to.
    pub links: Vec<Link<'a>>,
    /// Attributes, events and links that limits dropped.
    pub dropped: [u32; 3],
    /// Success or failure.
    pub status: Status,
    /// How it came to its end.
    pub reason: Reason,
    /// Why it failed, masked where that is the words of an error.
    pub message: Cow<'a, str>,
    /// The error that its function returned.
    pub error: Option<Failure<'a>>,
    /// W3C trace state.
    pub trace_state: &'a str,
    /// Instrumentation scope, name and version; empty for ours.
    pub scope: (&'a str, &'a str),
    /// See [`Parts::encoded_start`].
    pub encoded_start: &'a [u8],
}

impl<'a> Span<'a> {
    /// Puts a span together; what is recorded later wins over what was recorded before.
    #[must_use]
    pub fn assemble(parts: &Parts<'a>) -> Self {
        let site = parts.site.map(|site| &**site);
        let kind = parts.kind();
        let span_kind = match (site, kind) {
            (Some(site), _) => site.kind_of_spans() as u8,
            (None, Kind::Foreign) => parts.span_kind,
            (None, Kind::LlmCall) => SpanKind::Client as u8,
            (None, _) => SpanKind::Internal as u8,
        };
        let mut span = Self {
            identity: parts.identity,
            kind,
            span_kind,
            name: Cow::Borrowed(""),
            site,
            session: parts.session,
            start: parts.times.0,
            end: parts.times.1,
            attributes: Vec::with_capacity(16),
            contents: Vec::new(),
            events: Vec::new(),
            links: Vec::new(),
            dropped: [0; 3],
            status: parts.status,
            reason: parts.reason,
            message: Cow::Borrowed(""),
            error: None,
            trace_state: "",
            scope: ("", ""),
            encoded_start: parts.encoded_start,
        };
        for (key, value) in site.into_iter().flat_map(SiteDef::constants) {
            span.set(key, value);
        }
        let of_site = span.attributes.len();
        for fields in parts.fields.iter().flatten() {
            span.take_fields(fields.clone(), site, parts.limits.value_chars);
        }
        span.keep_within(&parts.limits, of_site);
        if let Some(session) = parts.session {
            span.take_session(session);
        }
        span.settle_end(site.map(|site| site.on_cancel).unwrap_or_default());
        span.settle_name(site);
        span
    }

    /// The value of attribute `key`; content is none.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Value<'a>> {
        let found = self.attributes.iter().find(|(known, _)| *known == key);
        found.map(|(_, value)| *value)
    }

    /// The captured content `key`.
    #[must_use]
    pub fn content(&self, key: &str) -> Option<&str> {
        let found = self.contents.iter().find(|(known, _)| *known == key);
        found.map(|(_, text)| &**text)
    }

    /// Whether it has an attribute or content `key`.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some() || self.content(key).is_some()
    }

    /// How long it took, in nanoseconds.
    #[must_use]
    pub fn nanos(&self) -> u64 {
        self.end.saturating_sub(self.start)
    }

    fn set(&mut self, key: &'a str, value: Value<'a>) {
        self.contents.retain(|(known, _)| *known != key);
        match self.attributes.iter_mut().find(|(known, _)| *known == key) {
            Some(entry) => entry.1 = value,
            None => self.attributes.push((key, value)),
        }
    }

    fn set_content(&mut self, content: &Content<'a>, value_chars: usize) {
        let key = content.key;
        let Value::Str(text) = content.value else {
            self.set(key, content.value.cut(value_chars));
            return;
        };
        let text = cut(shown(text, content.original_len), |text| {
            cut_chars(text, value_chars)
        });
        self.attributes.retain(|(known, _)| *known != key);
        match self.contents.iter_mut().find(|(known, _)| *known == key) {
            Some(entry) => entry.1 = text,
            None => self.contents.push((key, text)),
        }
    }

    fn take_fields(&mut self, fields: Fields<'a>, site: Option<&'a SiteDef>, value_chars: usize) {
        for field in fields {
            match field {
                Field::SiteAttr(index, value) => {
                    if let Some(key) = site.and_then(|site| site.keys.get(usize::from(index))) {
                        self.set(key, value.cut(chars_of(key, value_chars)));
                    }
                }
                Field::Attr(key, value) => self.set(key, value.cut(chars_of(key, value_chars))),
                Field::Content(content) => self.set_content(&content, value_chars),
                Field::Name(name) => self.name = Cow::Borrowed(name),
                Field::Message(message) => self.message = Cow::Borrowed(message),
                Field::Event(event) => self.events.push(event),
                Field::Link(link) => self.links.push(link),
                Field::Dropped(counts) => self.count_dropped(counts),
                Field::Scope(name, version) => self.scope = (name, version),
                Field::TraceState(state) => self.trace_state = state,
                Field::Error(error) => self.set_error(&error, value_chars),
                Field::SessionId(_) => {}
            }
        }
    }

    fn count_dropped(&mut self, counts: [u32; 3]) {
        for (dropped, count) in self.dropped.iter_mut().zip(counts) {
            *dropped = dropped.saturating_add(count);
        }
    }

    /// Drops what the program recorded beyond its limits; the first attributes are the site's.
    fn keep_within(&mut self, limits: &Limits, of_site: usize) {
        let before = self.attributes.len();
        if before > of_site.saturating_add(limits.attributes) {
            let (mut seen, mut left) = (0, limits.attributes);
            self.attributes.retain(|(key, _)| {
                seen += 1;
                if seen <= of_site || is_ours(key) {
                    return true;
                }
                let is_kept = left > 0;
                left = left.saturating_sub(1);
                is_kept
            });
        }
        let attributes = u32::try_from(before - self.attributes.len()).unwrap_or(u32::MAX);
        let events = shorten(&mut self.events, limits.events);
        let links = shorten(&mut self.links, limits.links);
        self.count_dropped([attributes, events, links]);
        for event in &mut self.events {
            event.dropped = shorten(&mut event.attributes, limits.event_attributes);
            cut_all(&mut event.attributes, limits.value_chars);
        }
        for link in &mut self.links {
            link.dropped = shorten(&mut link.attributes, limits.link_attributes);
            cut_all(&mut link.attributes, limits.value_chars);
        }
    }

    /// Says in status and event what the function returned.
    fn set_error(&mut self, error: &Error<'a>, value_chars: usize) {
        if self.get(ERROR_TYPE).is_none() {
            self.set(ERROR_TYPE, Value::Str(error.type_name));
        }
        let words = told(error.words);
        self.message.clone_from(&words);
        let words = cut(words, |words| cut_chars(words, value_chars));
        self.error = Some(Failure {
            unix_nanos: error.unix_nanos,
            type_name: error.type_name,
            words,
        });
    }

    fn take_session(&mut self, session: &'a Session) {
        // An encoded start has them already; what is missing is added when it is encoded again.
        if session.id.is_empty() || !self.encoded_start.is_empty() {
            return;
        }
        // Other code's span was stamped when it began, maybe in another session.
        let stamp = self.get("session.id");
        let is_ours = stamp.is_none_or(|id| id.as_str() == Some(&session.id));
        if self.kind == Kind::Foreign && !is_ours {
            return;
        }
        self.set("session.id", Value::Str(&session.id));
        for (key, value) in session.attributes() {
            if !self.has(key) {
                self.set(key, value);
            }
        }
    }

    /// Says in status and attributes what only the reason tells.
    fn settle_end(&mut self, on_cancel: OnCancel) {
        let told = match (self.reason, on_cancel) {
            (Reason::Returned, _) | (Reason::Cancelled, OnCancel::Unset) => None,
            (Reason::Panicked, _) => Some(("panic", "panicked")),
            (Reason::Cancelled, OnCancel::Error) => {
                Some(("cancelled", "dropped before completion"))
            }
            (Reason::Cancelled, OnCancel::Ok) => {
                if self.status == Status::Unset {
                    self.status = Status::Ok;
                }
                None
            }
            (Reason::Incomplete, _) => {
                self.set("agentops.span.incomplete", Value::Bool(true));
                None
            }
        };
        if let Some((error_type, message)) = told {
            self.status = Status::Error;
            if self.get(ERROR_TYPE).is_none() {
                self.set(ERROR_TYPE, Value::Str(error_type));
            }
            if self.message.is_empty() {
                self.message = Cow::Borrowed(message);
            }
        }
        if self.kind == Kind::Session && self.end != 0 {
            self.settle_end_state();
        }
    }

    fn settle_end_state(&mut self) {
        const KEY: &str = "agentops.session.end_state";
        let said = self.get(KEY).and_then(|state| state.as_str());
        let state = match (self.reason, self.status, said) {
            // What happened after the program's word wins over it.
            (Reason::Panicked, ..) | (Reason::Returned, Status::Error, None | Some("Success")) => {
                "Error"
            }
            (Reason::Cancelled, ..) => "Cancelled",
            (_, _, Some(_)) => return,
            (Reason::Incomplete, ..) => "Indeterminate",
            (Reason::Returned, Status::Ok | Status::Unset, None) => "Success",
        };
        self.set(KEY, Value::Str(state));
    }

    fn settle_name(&mut self, site: Option<&'a SiteDef>) {
        let Some(site) = site.filter(|_| self.name.is_empty()) else {
            return;
        };
        self.name = match &site.name {
            Some(name) => Cow::Borrowed(name),
            None if self.kind == Kind::LlmCall => self.inference_name(),
            None => Cow::Borrowed(&site.function),
        };
    }

    fn inference_name(&self) -> Cow<'a, str> {
        let text = |key| self.get(key).and_then(|value| value.as_str());
        let model = text("gen_ai.request.model").or_else(|| text("gen_ai.response.model"));
        inference_name(text("gen_ai.operation.name"), model)
    }
}

/// `{operation} {model}`, as the `GenAI` conventions name an inference span.
pub fn inference_name<'a>(operation: Option<&'a str>, model: Option<&'a str>) -> Cow<'a, str> {
    let operation = operation.unwrap_or("chat");
    match model {
        Some(model) => Cow::Owned(format!("{operation} {model}")),
        None => Cow::Borrowed(operation),
    }
}

/// A captured text as others may see it: without secrets, and with a word on how much was cut.
fn shown(text: &str, original_len: u64) -> Cow<'_, str> {
    let len = text.len();
    let masked = mask(text);
    if original_len <= len as u64 {
        return masked;
    }
    Cow::Owned(format!("{masked} … [cut: {len} of {original_len} bytes]"))
}

/// The words of an error as others may see them: without secrets, also at the end where they are cut.
fn told(words: &str) -> Cow<'_, str> {
    cut(mask(words), |words| cut_bytes(words, MAX_TEXT))
}

/// What `shorter` leaves of `text`, a part of it that begins with it.
fn cut(text: Cow<'_, str>, shorter: impl FnOnce(&str) -> &str) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(shorter(text)),
        Cow::Owned(mut text) => {
            text.truncate(shorter(&text).len());
            Cow::Owned(text)
        }
    }
}

fn cut_all(attributes: &mut [(&str, Value<'_>)], value_chars: usize) {
    for (_, value) in attributes {
        *value = value.cut(value_chars);
    }
}
