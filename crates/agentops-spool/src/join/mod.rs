//! Turn records into spans: start and end meet here, in either order.
//!
//! A pass feeds the committed bytes of all chunks, then resolves them. Chunks
//! are read one after the other while threads go on writing, so an end can be
//! seen one pass before its start, and a span one pass before its session; both
//! wait for [`PATIENCE`] passes. A session's release takes effect a pass late
//! for the same reason.

mod incomplete;
pub mod open;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::clock::Anchor;
use crate::definition::SiteDef;
use crate::join::open::{Abandoned, Journaled, Open, record_bytes};
use crate::record::RecordKind;
use crate::record::field::{Field, Fields};
use crate::record::reader::{Record, Records};
use crate::record::write::{End, Identity, Measure, Release, SessionStart, Start, Whole};
use crate::registry::Sites;
use crate::site::Kind;
use crate::span::{Parts, Session, Span};

/// Passes for which a record waits for the one it belongs to.
const PATIENCE: u8 = 2;

/// Takes what a pass yields.
pub trait Sink {
    /// A span is complete.
    fn span(&mut self, span: &Span<'_>);
    /// Something is to be counted that made no span.
    fn measure(&mut self, measure: &Measurement<'_>);
}

/// A measure with its attributes.
#[derive(Debug)]
pub struct Measurement<'a> {
    /// Duration, status and reason.
    pub measure: Measure,
    /// Its call site, if it has one.
    pub site: Option<&'a SiteDef>,
    /// Its session, if it has one.
    pub session: Option<&'a Session>,
    /// Its attributes, as those of a span that took as long.
    pub span: Span<'a>,
}

/// An end whose start did not come yet.
#[derive(Debug)]
struct Late {
    bytes: Vec<u8>,
    age: u8,
}

/// Spans in the making.
#[derive(Debug, Default)]
pub struct Join {
    sites: Sites,
    sessions: HashMap<u32, Session>,
    open: HashMap<[u8; 8], Open>,
    late: Vec<Late>,
    abandoned: Vec<Abandoned>,
    /// Bytes of the current pass.
    pass: Vec<u8>,
    /// Sessions released in the pass before.
    released: Vec<u32>,
    /// Sessions that began in this pass.
    new_sessions: Vec<u32>,
    /// Sessions of which more was said in this pass.
    changed_sessions: Vec<u32>,
    /// Spans that were journaled before their session was seen.
    sessionless: Vec<[u8; 8]>,
    /// Journaled spans that ended in this pass.
    closed: Vec<([u8; 16], [u8; 8])>,
    damaged: u64,
    unmatched: u64,
}

impl Join {
    /// Joins records that refer to `sites`.
    #[must_use]
    pub fn new(sites: Sites) -> Self {
        Self {
            sites,
            ..Self::default()
        }
    }

    /// Adds committed bytes of one chunk to the current pass.
    pub fn feed(&mut self, bytes: &[u8]) {
        let mut records = Records::new(bytes);
        records.by_ref().for_each(drop);
        if records.unread() > 0 {
            self.damaged += 1;
        }
        self.pass
            .extend_from_slice(&bytes[..bytes.len() - records.unread()]);
    }

    /// Ends the pass: hands every span that is complete to `sink`.
    pub fn resolve(&mut self, anchor: Anchor, sink: &mut impl Sink) {
        self.new_sessions.clear();
        self.changed_sessions.clear();
        let pass = std::mem::take(&mut self.pass);
        let late = std::mem::take(&mut self.late);
        let mut ends = Vec::new();
        let mut released = Vec::new();
        for record in Records::new(&pass) {
            match record.kind {
                RecordKind::Session => self.add_session(&record),
                RecordKind::Release => released.extend(Release::read(&record).map(|r| r.index)),
                RecordKind::Start => self.add_start(&record),
                RecordKind::End | RecordKind::Leaf | RecordKind::Whole | RecordKind::Measure => {
                    ends.push((record, 0));
                }
                RecordKind::Pad => {}
            }
        }
        let waited = late
            .iter()
            .filter_map(|late| Some((Records::new(&late.bytes).next()?, late.age + 1)));
        for (record, age) in waited.chain(ends) {
            self.finish(&record, age, anchor, sink);
        }
        self.resolve_abandoned(anchor, sink);
        for index in std::mem::replace(&mut self.released, released) {
            self.sessions.remove(&index);
        }
        self.pass = pass;
        self.pass.clear();
    }

    fn add_session(&mut self, record: &Record<'_>) {
        let Some((start, fields)) = SessionStart::read(record) else {
            return;
        };
        let mut session = Session {
            index: start.index,
            realm: start.realm,
            span_id: start.span_id,
            id: String::new(),
            fields: fields.rest().to_vec(),
            revision: start.revision,
        };
        for field in fields {
            if let Field::SessionId(id) = field {
                id.clone_into(&mut session.id);
            }
        }
        match self.sessions.entry(start.index) {
            Entry::Vacant(unknown) => {
                unknown.insert(session);
                self.new_sessions.push(start.index);
            }
            Entry::Occupied(mut known) => {
                if known.get_mut().update(session) {
                    self.changed_sessions.push(start.index);
                }
            }
        }
    }

    fn add_start(&mut self, record: &Record<'_>) {
        let Some((start, _)) = Start::read(record) else {
            return;
        };
        self.open.insert(start.identity.span_id, Open::new(record));
    }

    fn finish(&mut self, record: &Record<'_>, age: u8, anchor: Anchor, sink: &mut impl Sink) {
        let known = match record.kind {
            RecordKind::End => self.finish_end(record, age, anchor, sink),
            RecordKind::Measure => self.finish_measure(record, age, sink),
            _ => self.finish_whole(record, age, anchor, sink),
        };
        if known.is_none() {
            let bytes = record_bytes(record);
            self.late.push(Late { bytes, age });
        }
    }

    /// `None` when the record must wait.
    fn finish_end(
        &mut self,
        record: &Record<'_>,
        age: u8,
        anchor: Anchor,
        sink: &mut impl Sink,
    ) -> Option<()> {
        let Some((end, fields)) = End::read(record) else {
            return Some(());
        };
        let Some(open) = self.open.remove(&end.span_id) else {
            self.unmatched += u64::from(age >= PATIENCE);
            return (age >= PATIENCE).then_some(());
        };
        if !self.is_known(open.start()?.identity.session) && age < PATIENCE {
            self.open.insert(end.span_id, open);
            return None;
        }
        self.emit(&open, &end, Some(fields), anchor, sink);
        self.close(&open);
        Some(())
    }

    fn finish_whole(
        &mut self,
        record: &Record<'_>,
        age: u8,
        anchor: Anchor,
        sink: &mut impl Sink,
    ) -> Option<()> {
        let Some((whole, fields)) = Whole::read(record) else {
            return Some(());
        };
        let session = self.sessions.get(&whole.identity.session);
        if session.is_none() && whole.identity.session != 0 && age < PATIENCE {
            return None;
        }
        let unix = |time| match whole.unix_times {
            true => time,
            false => anchor.unix(time),
        };
        let site = self.sites.get(whole.identity.site);
        sink.span(&Span::assemble(Parts {
            identity: whole.identity,
            site: site.as_deref(),
            session,
            times: (unix(whole.start), unix(whole.end).max(unix(whole.start))),
            kind: Kind::Foreign,
            span_kind: whole.span_kind,
            status: whole.status,
            reason: whole.reason,
            fields: [Some(fields), None],
            encoded_start: &[],
        }));
        Some(())
    }

    fn finish_measure(&mut self, record: &Record<'_>, age: u8, sink: &mut impl Sink) -> Option<()> {
        let Some((measure, fields)) = Measure::read(record) else {
            return Some(());
        };
        if !self.is_known(measure.session) && age < PATIENCE {
            return None;
        }
        let site = self.sites.get(measure.site);
        let session = self.sessions.get(&measure.session);
        let span = Span::assemble(Parts {
            identity: Identity::default(),
            site: site.as_deref(),
            session,
            times: (0, measure.nanos),
            kind: Kind::Foreign,
            span_kind: 0,
            status: measure.status,
            reason: measure.reason,
            fields: [Some(fields), None],
            encoded_start: &[],
        });
        sink.measure(&Measurement {
            measure,
            site: site.as_deref(),
            session,
            span,
        });
        Some(())
    }

    fn emit(
        &mut self,
        open: &Open,
        end: &End,
        fields: Option<Fields<'_>>,
        anchor: Anchor,
        sink: &mut impl Sink,
    ) {
        let record = open.record();
        let Some((start, start_fields)) = open.read(record.as_ref()) else {
            return;
        };
        let site = self.sites.get(start.identity.site);
        let encoded = open.encoded();
        let begun = encoded.map_or_else(|| anchor.unix(start.tick), |span| span.start_unix_nanos);
        let ended = match end.tick {
            0 => 0,
            tick => anchor.unix(tick.max(start.tick)).max(begun),
        };
        sink.span(&Span::assemble(Parts {
            identity: start.identity,
            site: site.as_deref(),
            session: self.sessions.get(&start.identity.session),
            times: (begun, ended),
            kind: encoded.map_or(Kind::Foreign, |span| span.kind),
            span_kind: 0,
            status: end.status,
            reason: end.reason,
            fields: [start_fields, fields],
            encoded_start: encoded.map_or(&[], |span| &span.fields),
        }));
    }

    fn is_known(&self, session: u32) -> bool {
        session == 0 || self.sessions.contains_key(&session)
    }

    /// Notes that a span that the journal may hold has ended.
    fn close(&mut self, open: &Open) {
        if let Some(start) = open.start().filter(|_| open.is_journaled()) {
            let identity = start.identity;
            self.closed.push((identity.trace_id, identity.span_id));
        }
    }

    /// Adds an open span that the journal of a dead process kept; one without an id only tells of
    /// its session.
    pub fn adopt_open(&mut self, span: Journaled, session: Session) {
        if session.index != 0 && !session.id.is_empty() {
            self.sessions.insert(session.index, session);
        }
        let span_id = span.start.identity.span_id;
        if span_id != [0; 8] {
            self.open.insert(span_id, Open::Encoded(span));
        }
    }

    /// Forgets an open span that is known to have ended.
    pub fn forget(&mut self, span_id: [u8; 8]) {
        self.open.remove(&span_id);
    }

    /// The journaled spans that ended since the last call.
    pub fn take_closed(&mut self) -> Vec<([u8; 16], [u8; 8])> {
        std::mem::take(&mut self.closed)
    }

    /// Spans that began and did not end.
    #[must_use]
    pub fn open_len(&self) -> usize {
        self.open.len()
    }

    /// Sessions whose own span is open now, those of captures left out.
    #[must_use]
    pub fn active_sessions(&self) -> usize {
        let is_active =
            |session: &&Session| session.realm == 0 && self.open.contains_key(&session.span_id);
        self.sessions.values().filter(is_active).count()
    }

    /// Whether a record waits for another one.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.late.is_empty() || !self.released.is_empty() || !self.abandoned.is_empty()
    }

    /// Ends whose start never came, and chunks with damaged records.
    #[must_use]
    pub fn losses(&self) -> u64 {
        self.unmatched + self.damaged
    }
}
