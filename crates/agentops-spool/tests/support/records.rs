//! Records with ids made from a small number.

use agentops_spool::clock::Anchor;
use agentops_spool::join::{Join, Measurement, Sink};
use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::field::FieldTag;
use agentops_spool::record::write::{End, Identity, Release, SessionStart, Start, finish};
use agentops_spool::record::{Reason, Status};
use agentops_spool::span::Span;

/// Tick 1,000 is second 1 of 1970.
pub(crate) const ANCHOR: Anchor = Anchor {
    tick: 1_000,
    unix_nanos: 1_000_000_000,
};

/// The bytes of one record.
pub(crate) fn record(write: impl Fn(&mut Cursor<'_>)) -> Vec<u8> {
    let mut counted = Cursor::new(&mut []);
    write(&mut counted);
    let len = finish(&mut counted);
    let mut bytes = vec![0; len];
    let mut out = Cursor::new(&mut bytes);
    write(&mut out);
    assert_eq!(finish(&mut out), len);
    bytes
}

/// Span `n` of trace `n`, in session `session`.
pub(crate) fn identity(n: u8, session: u32) -> Identity {
    Identity {
        session,
        trace_id: [n; 16],
        span_id: [n; 8],
        ..Identity::default()
    }
}

/// Span `n` begins at tick 1,000 + `n`.
pub(crate) fn start(n: u8, session: u32) -> Vec<u8> {
    let start = Start {
        identity: identity(n, session),
        tick: 1_000 + u64::from(n),
    };
    record(|out| {
        start.write(out);
        out.attr("at");
        out.str_value("start");
        out.attr("started");
        out.bool_value(true);
    })
}

/// Span `n` ends at tick 2,000 + `n`.
pub(crate) fn end(n: u8) -> Vec<u8> {
    let end = End {
        span_id: [n; 8],
        tick: 2_000 + u64::from(n),
        status: Status::Ok,
        reason: Reason::Returned,
    };
    record(|out| {
        end.write(out);
        out.attr("at");
        out.str_value("end");
    })
}

/// Session `index` with its id.
pub(crate) fn session(index: u32, realm: u32, id: &str) -> Vec<u8> {
    let session = SessionStart {
        index,
        realm,
        ..SessionStart::default()
    };
    record(|out| {
        session.write(out);
        out.text_field(FieldTag::SessionId, id);
    })
}

/// Session `index` is not referred to any more.
pub(crate) fn release(index: u32) -> Vec<u8> {
    record(|out| Release { index }.write(out))
}

/// What a join handed on.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) spans: Vec<SeenSpan>,
    pub(crate) measures: Vec<(u64, Status, String)>,
}

/// The parts of a span that tests look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SeenSpan {
    pub(crate) span_id: [u8; 8],
    pub(crate) name: String,
    pub(crate) session: Option<String>,
    pub(crate) realm: u32,
    pub(crate) times: (u64, u64),
    pub(crate) span_kind: u8,
    pub(crate) status: Status,
    pub(crate) message: String,
    pub(crate) reason: Reason,
    /// Keys and values in words.
    pub(crate) attributes: Vec<(String, String)>,
}

impl SeenSpan {
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| &value[..])
    }
}

impl Sink for Seen {
    fn span(&mut self, span: &Span<'_>) {
        self.spans.push(SeenSpan {
            span_id: span.identity.span_id,
            name: span.name.to_string(),
            session: span.session.map(|session| session.id.clone()),
            realm: span.session.map_or(0, |session| session.realm),
            times: (span.start, span.end),
            span_kind: span.span_kind,
            status: span.status,
            message: span.message.to_string(),
            reason: span.reason,
            attributes: span
                .attributes
                .iter()
                .map(|(key, value)| match value.as_str() {
                    Some(text) => ((*key).to_owned(), text.to_owned()),
                    None => ((*key).to_owned(), format!("{value:?}")),
                })
                .collect(),
        });
    }

    fn measure(&mut self, measure: &Measurement<'_>) {
        let session = measure.session.map_or(String::new(), |s| s.id.clone());
        self.measures
            .push((measure.measure.nanos, measure.measure.status, session));
    }
}

/// One pass over `records`.
pub(crate) fn pass(join: &mut Join, records: &[Vec<u8>]) -> Seen {
    let mut seen = Seen::default();
    join.pass(&[&records.concat()], ANCHOR, &mut seen);
    seen
}
