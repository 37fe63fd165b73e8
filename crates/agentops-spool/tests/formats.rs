//! The formats on disk and in shared memory stay what they are.
//!
//! Each test writes with fixed inputs and compares with a file in `golden`, then
//! reads the golden bytes back to the same values. To change a format on
//! purpose, give it a new version number, run
//! `AGENTOPS_BLESS=1 cargo test -p agentops-spool --test formats --test containers`,
//! and read the difference before committing it.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::field::{Content, Error, Event, Field, FieldTag, Link};
use agentops_spool::record::reader::{Record, Records};
use agentops_spool::record::value::Value;
use agentops_spool::record::write::{End, Identity, Measure, Release, SessionStart, Start, Whole};
use agentops_spool::record::{Reason, RecordKind, Status};

use support::annotate::Annotator;
use support::golden;
use support::records::record;

const IDENTITY: Identity = Identity {
    site: 3,
    session: 5,
    trace_id: *b"trace-id-16bytes",
    span_id: *b"span-id8",
    parent_id: *b"parent-8",
    parent_remote: true,
    trace_flags: 1,
};

/// Compares one record with its golden file and gives the golden bytes.
#[track_caller]
fn check_record(name: &str, title: &str, write: impl Fn(&mut Cursor<'_>)) -> Vec<u8> {
    let bytes = record(write);
    let mut annotator = Annotator::new(&bytes);
    annotator.record();
    golden::check(name, title, &bytes, &annotator.parts);
    golden::bytes(name)
}

#[track_caller]
fn only(bytes: &[u8]) -> Record<'_> {
    let mut records = Records::new(bytes);
    let record = records.next().unwrap();
    assert_eq!((records.next(), records.unread()), (None, 0));
    record
}

#[test]
fn pad() {
    let bytes = check_record("record-pad", "A record to be skipped.", |out| {
        out.u32(0);
        out.bytes(&[RecordKind::Pad as u8, 0, 0, 0]);
    });
    assert_eq!(only(&bytes).kind, RecordKind::Pad);
}

#[test]
fn start() {
    let start = Start {
        identity: IDENTITY,
        tick: 1_000_000_007,
    };
    let bytes = check_record("record-start", "The start of a span.", |out| {
        start.write(out);
        out.site_attr(0);
        out.str_value("gpt-4o");
        out.site_attr(1);
        out.i64_value(-2);
        out.site_attr(2);
        out.f64_value(0.5);
        out.site_attr(3);
        out.bool_value(true);
        out.content("gen_ai.input.messages", 300_000);
        out.str_value("cut");
        out.text_field(FieldTag::TraceState, "vendor=1");
        out.link(*b"other-trace-16by", *b"other-8b", 0x301, "a=b", 1);
        out.text("agentops.link.kind");
        out.str_value("session");
    });
    let (read, fields) = Start::read(&only(&bytes)).unwrap();
    assert_eq!(read, start);
    let expected = [
        Field::SiteAttr(0, Value::Str("gpt-4o")),
        Field::SiteAttr(1, Value::Int(-2)),
        Field::SiteAttr(2, Value::Float(0.5)),
        Field::SiteAttr(3, Value::Bool(true)),
        Field::Content(Content {
            key: "gen_ai.input.messages",
            original_len: 300_000,
            value: Value::Str("cut"),
        }),
        Field::TraceState("vendor=1"),
        Field::Link(Link {
            trace_id: *b"other-trace-16by",
            span_id: *b"other-8b",
            flags: 0x301,
            trace_state: "a=b",
            attributes: vec![("agentops.link.kind", Value::Str("session"))],
            dropped: 0,
        }),
    ];
    assert_eq!(fields.collect::<Vec<_>>(), expected);
}

#[test]
fn end() {
    let end = End {
        span_id: IDENTITY.span_id,
        tick: 2_000_000_000,
        status: Status::Error,
        reason: Reason::Panicked,
    };
    let bytes = check_record("record-end", "The end of a span.", |out| {
        end.write(out);
        out.attr("gen_ai.usage.output_tokens");
        out.i64_value(42);
        out.text_field(FieldTag::Name, "renamed");
        out.text_field(FieldTag::Message, "out of cheese");
        out.event(1_700_000_000_000_000_000, "exception", 1);
        out.text("exception.type");
        out.str_value("Redo");
        out.dropped([1, 2, 3]);
    });
    let (read, fields) = End::read(&only(&bytes)).unwrap();
    assert_eq!(read, end);
    let expected = [
        Field::Attr("gen_ai.usage.output_tokens", Value::Int(42)),
        Field::Name("renamed"),
        Field::Message("out of cheese"),
        Field::Event(Event {
            unix_nanos: 1_700_000_000_000_000_000,
            name: "exception",
            attributes: vec![("exception.type", Value::Str("Redo"))],
            dropped: 0,
        }),
        Field::Dropped([1, 2, 3]),
    ];
    assert_eq!(fields.collect::<Vec<_>>(), expected);
}

#[test]
fn end_with_an_error() {
    let end = End {
        span_id: IDENTITY.span_id,
        tick: 2_000_000_000,
        status: Status::Error,
        reason: Reason::Returned,
    };
    let title = "The end of a span whose function returned an error.";
    let bytes = check_record("record-end-error", title, |out| {
        end.write(out);
        out.error(1_700_000_000_000_000_000, "Redo", "out of cheese");
    });
    let (read, fields) = End::read(&only(&bytes)).unwrap();
    assert_eq!(read, end);
    let expected = [Field::Error(Error {
        unix_nanos: 1_700_000_000_000_000_000,
        type_name: "Redo",
        words: "out of cheese",
    })];
    assert_eq!(fields.collect::<Vec<_>>(), expected);
}

#[test]
fn leaf() {
    let leaf = Whole {
        identity: IDENTITY,
        start: 7,
        end: 9,
        status: Status::Ok,
        reason: Reason::Cancelled,
        ..Whole::default()
    };
    let bytes = check_record("record-leaf", "A whole span of a call site.", |out| {
        leaf.write(out);
        out.site_attr(0);
        out.array_value(2);
        out.i64_value(1);
        out.array_value(1);
        out.str_value("nested");
    });
    let record = only(&bytes);
    assert_eq!(record.kind, RecordKind::Leaf);
    let (read, mut fields) = Whole::read(&record).unwrap();
    assert_eq!(read, leaf);
    let Some(Field::SiteAttr(0, Value::Array(outer))) = fields.next() else {
        panic!("no array");
    };
    let values: Vec<_> = outer.iter().collect();
    let [Value::Int(1), Value::Array(inner)] = values[..] else {
        panic!("{values:?}");
    };
    assert_eq!(inner.iter().collect::<Vec<_>>(), [Value::Str("nested")]);
}

#[test]
fn whole() {
    let whole = Whole {
        identity: Identity {
            site: 0,
            ..IDENTITY
        },
        start: 1_700_000_000_000_000_000,
        end: 1_700_000_000_000_000_009,
        unix_times: true,
        span_kind: 2,
        status: Status::Unset,
        reason: Reason::Returned,
    };
    let bytes = check_record("record-whole", "A whole span of other code.", |out| {
        whole.write(out);
        out.text_field(FieldTag::Name, "GET /");
        out.scope("hyper", "1.2.3");
        out.attr("raw");
        // No writer makes byte values yet; readers know them.
        out.u8(5);
        out.u32(3);
        out.bytes(&[1, 2, 255]);
    });
    let record = only(&bytes);
    assert_eq!(record.kind, RecordKind::Whole);
    let (read, fields) = Whole::read(&record).unwrap();
    assert_eq!(read, whole);
    let expected = [
        Field::Name("GET /"),
        Field::Scope("hyper", "1.2.3"),
        Field::Attr("raw", Value::Bytes(&[1, 2, 255])),
    ];
    assert_eq!(fields.collect::<Vec<_>>(), expected);
}

#[test]
fn session() {
    let session = SessionStart {
        index: 5,
        realm: 1,
        span_id: IDENTITY.span_id,
        revision: 0,
    };
    let bytes = check_record("record-session", "A session.", |out| {
        session.write(out);
        out.text_field(FieldTag::SessionId, "chat-1");
        out.text_field(FieldTag::Name, "chat");
    });
    let (read, fields) = SessionStart::read(&only(&bytes)).unwrap();
    assert_eq!(read, session);
    let expected = [Field::SessionId("chat-1"), Field::Name("chat")];
    assert_eq!(fields.collect::<Vec<_>>(), expected);
}

#[test]
fn session_again() {
    let session = SessionStart {
        index: 5,
        realm: 1,
        span_id: IDENTITY.span_id,
        revision: 2,
    };
    let title = "A session of which more is said.";
    let bytes = check_record("record-session-again", title, |out| {
        session.write(out);
        out.text_field(FieldTag::SessionId, "chat-1");
        out.attr("user.id");
        out.str_value("ann");
        out.attr("agentops.tags");
        out.array_value(2);
        out.str_value("beta");
        out.str_value("now");
    });
    let (read, fields) = SessionStart::read(&only(&bytes)).unwrap();
    assert_eq!(read, session);
    let fields: Vec<_> = fields.collect();
    let [id, user, Field::Attr("agentops.tags", Value::Array(tags))] = &fields[..] else {
        panic!("{fields:?}");
    };
    assert_eq!(*id, Field::SessionId("chat-1"));
    assert_eq!(*user, Field::Attr("user.id", Value::Str("ann")));
    let expected = [Value::Str("beta"), Value::Str("now")];
    assert_eq!(tags.iter().collect::<Vec<_>>(), expected);
}

#[test]
fn release() {
    let release = Release { index: 5 };
    let bytes = check_record("record-release", "The end of a session's index.", |out| {
        release.write(out);
    });
    assert_eq!(Release::read(&only(&bytes)), Some(release));
}

#[test]
fn measure() {
    let measure = Measure {
        site: 3,
        session: 5,
        tick: 2_000,
        nanos: 1_500,
        status: Status::Ok,
        reason: Reason::Incomplete,
    };
    let bytes = check_record("record-measure", "An unsampled call.", |out| {
        measure.write(out);
        out.attr("gen_ai.request.model");
        out.str_value("gpt-4o");
    });
    let (read, fields) = Measure::read(&only(&bytes)).unwrap();
    assert_eq!(read, measure);
    let expected = [Field::Attr("gen_ai.request.model", Value::Str("gpt-4o"))];
    assert_eq!(fields.collect::<Vec<_>>(), expected);
}
