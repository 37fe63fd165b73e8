//! Turn records into spans: start and end meet here, in either order.
//!
//! A pass first looks at the committed bytes of all chunks for what they say of
//! sessions, then reads them one chunk after the other. The two records of most
//! spans lie in one chunk, and are joined where they lie; starts that are left
//! are copied. Threads go on writing meanwhile, so an end can be seen one pass
//! before its start, and a span one pass before its session; both wait for
//! [`PATIENCE`] passes. A session's release takes effect a pass late for the
//! same reason.

mod begun;
mod incomplete;
mod known;
pub mod open;

use crate::clock::Anchor;
use crate::definition::SiteDef;
use crate::join::begun::{Begun, BegunSpan};
use crate::join::known::Known;
use crate::join::open::{Abandoned, Journaled, Open, record_bytes};
use crate::limits::Limits;
use crate::mask::fields::Masker;
use crate::number::NumberMap;
use crate::record::RecordKind;
use crate::record::field::Fields;
use crate::record::reader::{Record, Records};
use crate::record::write::{End, Identity, Measure, Start, Whole};
use crate::registry::{KnownSite, Sites};
use crate::site::Kind;
use crate::span::{Parts, Session, Span};

/// Passes for which a record waits for the one it belongs to.
const PATIENCE: u8 = 2;

/// Takes what a pass yields.
pub trait Sink {
    /// All parts of a span are there; it need not be put together to be encoded.
    fn parts(&mut self, parts: &Parts<'_>) {
        self.span(&Span::assemble(parts));
    }
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
    /// Whether whoever adopts this process finds it.
    is_held: bool,
}

/// Where a pass is when it asks what must outlive the chunks that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// More chunks are to be read.
    Within,
    /// [`Join::finish`] was called.
    End,
}

/// Spans in the making.
#[derive(Debug, Default)]
pub struct Join {
    known: Known,
    /// By span id.
    open: NumberMap<u64, Open>,
    late: Vec<Late>,
    abandoned: Vec<Abandoned>,
    /// Spans that the journal has not been told of.
    unjournaled: Vec<[u8; 8]>,
    /// Spans that were journaled before their session was seen.
    sessionless: Vec<[u8; 8]>,
    /// Journaled spans that ended in this pass.
    closed: Vec<([u8; 16], [u8; 8])>,
    limits: Limits,
    masker: Masker,
    damaged: u64,
    unmatched: u64,
}

impl Join {
    /// Joins records that refer to `sites`.
    #[must_use]
    pub fn new(sites: Sites) -> Self {
        Self {
            known: Known::new(sites),
            ..Self::default()
        }
    }

    /// Says what spans may hold at most that are handed on from now.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Makes a whole pass over the committed bytes of some chunks.
    pub fn pass(&mut self, chunks: &[&[u8]], anchor: Anchor, sink: &mut impl Sink) {
        self.begin();
        for chunk in chunks {
            self.look(chunk);
        }
        for chunk in chunks {
            self.read(chunk, anchor, sink);
        }
        self.finish(anchor, sink);
    }

    /// Begins a pass.
    pub fn begin(&mut self) {
        self.known.begin();
        self.unjournaled.clear();
        for late in &mut self.late {
            late.age += 1;
        }
    }

    /// Notes what committed bytes of one chunk say of sessions, which holds for spans of all chunks.
    pub fn look(&mut self, bytes: &[u8]) {
        let mut records = Records::new(bytes);
        for record in records.by_ref() {
            match record.kind {
                RecordKind::Session => self.known.add_session(&record, &mut self.masker),
                RecordKind::Release => self.known.release(&record),
                _ => {}
            }
        }
        self.damaged += u64::from(records.unread() > 0);
    }

    /// Reads committed bytes of one chunk, which was looked at, and hands every span that is
    /// complete to `sink`.
    pub fn read(&mut self, bytes: &[u8], anchor: Anchor, sink: &mut impl Sink) {
        let mut begun = Begun::default();
        for record in Records::new(bytes) {
            match record.kind {
                RecordKind::Start => begun.push(record),
                RecordKind::End => self.end(&record, &mut begun, anchor, sink),
                RecordKind::Leaf | RecordKind::Whole | RecordKind::Measure => {
                    self.finish_record(&record, 0, anchor, sink);
                }
                RecordKind::Session | RecordKind::Release | RecordKind::Pad => {}
            }
        }
        self.keep(&mut begun);
    }

    /// Ends the pass: what waited for a record that was read since is handed on.
    pub fn finish(&mut self, anchor: Anchor, sink: &mut impl Sink) {
        for late in std::mem::take(&mut self.late) {
            if let Some(record) = Records::new(&late.bytes).next() {
                self.finish_record(&record, late.age, anchor, sink);
            }
        }
        self.resolve_abandoned(anchor, sink);
        let open = &self.open;
        let session = |open: &Open| open.start().map(|start| start.identity.session);
        self.known
            .finish(|| open.values().filter_map(session).collect());
    }

    /// Ends a span, mostly one that began in the same chunk.
    fn end(
        &mut self,
        record: &Record<'_>,
        begun: &mut Begun<'_>,
        anchor: Anchor,
        sink: &mut impl Sink,
    ) {
        let Some((end, fields)) = End::read(record) else {
            return;
        };
        match begun.take(end.span_id) {
            Some(span) if self.known.has(span.start.identity.session) => {
                self.emit_begun(&span, &end, &fields, anchor, sink);
            }
            taken => {
                begun.put_back(taken);
                self.keep(begun);
                self.finish_record(record, 0, anchor, sink);
            }
        }
    }

    /// Copies starts, whose chunk is given back before their ends come.
    fn keep(&mut self, begun: &mut Begun<'_>) {
        for span in begun.drain() {
            let span_id = span.start.identity.span_id;
            self.open.insert(key(span_id), Open::new(&span.record));
            self.unjournaled.push(span_id);
        }
    }

    fn emit_begun(
        &mut self,
        span: &BegunSpan<'_>,
        end: &End,
        fields: &Fields<'_>,
        anchor: Anchor,
        sink: &mut impl Sink,
    ) {
        let Start { identity, tick } = span.start;
        let (site, session) = self.known.get(identity.site, identity.session);
        let begun = anchor.unix(tick);
        let rules = site.map_or(&[][..], KnownSite::rules);
        let at_start = self.masker.masked(&span.fields, rules);
        let at_end = self.masker.masked(fields, rules);
        sink.parts(&Parts {
            identity,
            site,
            session,
            times: (begun, anchor.unix(end.tick.max(tick)).max(begun)),
            kind: Kind::Foreign,
            span_kind: 0,
            status: end.status,
            reason: end.reason,
            fields: [Some(Fields::of(&at_start)), Some(Fields::of(&at_end))],
            encoded_start: &[],
            limits: self.limits,
        });
    }

    fn finish_record(
        &mut self,
        record: &Record<'_>,
        age: u8,
        anchor: Anchor,
        sink: &mut impl Sink,
    ) {
        let known = match record.kind {
            RecordKind::End => self.finish_end(record, age, anchor, sink),
            RecordKind::Measure => self.finish_measure(record, age, sink),
            _ => self.finish_whole(record, age, anchor, sink),
        };
        if known.is_none() {
            let bytes = record_bytes(record);
            let is_held = record.kind == RecordKind::Measure;
            self.late.push(Late {
                bytes,
                age,
                is_held,
            });
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
        let Some(open) = self.open.remove(&key(end.span_id)) else {
            self.unmatched += u64::from(age >= PATIENCE);
            return (age >= PATIENCE).then_some(());
        };
        if !self.known.has(open.start()?.identity.session) && age < PATIENCE {
            self.open.insert(key(end.span_id), open);
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
        let Identity { site, session, .. } = whole.identity;
        if !self.known.has(session) && age < PATIENCE {
            return None;
        }
        let (site, session) = self.known.get(site, session);
        let rules = site.map_or(&[][..], KnownSite::rules);
        let fields = self.masker.masked(&fields, rules);
        let unix = |time| match whole.unix_times {
            true => time,
            false => anchor.unix(time),
        };
        sink.parts(&Parts {
            identity: whole.identity,
            site,
            session,
            times: (unix(whole.start), unix(whole.end).max(unix(whole.start))),
            kind: Kind::Foreign,
            span_kind: whole.span_kind,
            status: whole.status,
            reason: whole.reason,
            fields: [Some(Fields::of(&fields)), None],
            encoded_start: &[],
            limits: self.limits,
        });
        Some(())
    }

    fn finish_measure(&mut self, record: &Record<'_>, age: u8, sink: &mut impl Sink) -> Option<()> {
        let Some((measure, fields)) = Measure::read(record) else {
            return Some(());
        };
        if !self.known.has(measure.session) && age < PATIENCE {
            return None;
        }
        let (site, session) = self.known.get(measure.site, measure.session);
        let rules = site.map_or(&[][..], KnownSite::rules);
        let fields = self.masker.masked(&fields, rules);
        let span = Span::assemble(&Parts {
            identity: Identity::default(),
            site,
            session,
            times: (0, measure.nanos),
            kind: Kind::Foreign,
            span_kind: 0,
            status: measure.status,
            reason: measure.reason,
            fields: [Some(Fields::of(&fields)), None],
            encoded_start: &[],
            limits: self.limits,
        });
        sink.measure(&Measurement {
            measure,
            site: site.map(|site| &**site),
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
        let Identity { site, session, .. } = start.identity;
        let (site, session) = self.known.get(site, session);
        let encoded = open.encoded();
        let begun = encoded.map_or_else(|| anchor.unix(start.tick), |span| span.start_unix_nanos);
        let ended = match end.tick {
            0 => 0,
            tick => anchor.unix(tick.max(start.tick)).max(begun),
        };
        let rules = site.map_or(&[][..], KnownSite::rules);
        let fields = [start_fields, fields]
            .map(|fields| fields.map(|fields| self.masker.masked(&fields, rules)));
        let [at_start, at_end] = &fields;
        sink.parts(&Parts {
            identity: start.identity,
            site,
            session,
            times: (begun, ended),
            kind: encoded.map_or(Kind::Foreign, |span| span.kind),
            span_kind: 0,
            status: end.status,
            reason: end.reason,
            fields: [at_start, at_end].map(|fields| fields.as_deref().map(Fields::of)),
            encoded_start: encoded.map_or(&[], |span| &span.fields),
            limits: self.limits,
        });
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
        self.known.adopt(session);
        let span_id = span.start.identity.span_id;
        if span_id != [0; 8] {
            self.open.insert(key(span_id), Open::Encoded(span));
        }
    }

    /// Forgets an open span that is known to have ended.
    pub fn forget(&mut self, span_id: [u8; 8]) {
        self.open.remove(&key(span_id));
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
        let is_active = |session: &&Session| {
            session.realm == 0 && self.open.contains_key(&key(session.span_id))
        };
        self.known.sessions.values().filter(is_active).count()
    }

    /// Hands on copies of the records that are nowhere else once their chunks are consumed: those
    /// that wait for others, and the sessions that the journal is not told of because they are over.
    ///
    /// Within a pass these are the new ones, at its end all. `keep` says whether it could keep
    /// one; `false` if any could not be kept.
    pub fn hold(&mut self, moment: Moment, mut keep: impl FnMut(&[u8]) -> bool) -> bool {
        let mut are_held = self.known.hold_released(moment == Moment::End, &mut keep);
        for late in &mut self.late {
            // A measure only feeds the metrics, which a kill costs anyway.
            let is_measure = late.bytes.get(4) == Some(&(RecordKind::Measure as u8));
            if !is_measure && (moment == Moment::End || !late.is_held) {
                late.is_held = keep(&late.bytes);
                are_held &= late.is_held;
            }
        }
        are_held
    }

    /// Whether anything waits for another pass.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.late.is_empty() || self.known.is_releasing() || !self.abandoned.is_empty()
    }

    /// Ends whose start never came, and chunks with damaged records.
    #[must_use]
    pub fn losses(&self) -> u64 {
        self.unmatched + self.damaged
    }
}

fn key(span_id: [u8; 8]) -> u64 {
    u64::from_ne_bytes(span_id)
}
