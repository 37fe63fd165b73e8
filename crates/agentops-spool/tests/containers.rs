//! The layout of arena and segment files stays what it is.
//!
//! See `formats` for how to change golden files.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::fs;
use std::sync::Arc;

use agentops_spool::arena::{
    Arena, CUSTOM_MASKING, Header as ArenaHeader, TABLE_OFFSET, UNITS_OFFSET,
};
use agentops_spool::clock::Anchor;
use agentops_spool::definition::{Measured, SiteDef, StaticAttr};
use agentops_spool::orphan::Orphan;
use agentops_spool::record::reader::Records;
use agentops_spool::record::write::{Identity, Start};
use agentops_spool::segment::format::{Header, RecordHeader, Signal, State};
use agentops_spool::segment::reader::SegmentReader;
use agentops_spool::segment::writer::{Body, SegmentWriter};
use agentops_spool::site::{Kind, OnCancel, Site, SpanKind, StaticValue};
use agentops_spool::{registry, thread};
use support::annotate::Annotator;
use support::golden;

const ARENA: ArenaHeader = ArenaHeader {
    id: *b"instance-id-16by",
    boot_id: *b"boot-id-16-bytes",
    destination: 0x0123_4567_89ab_cdef,
    flags: CUSTOM_MASKING,
};

const CLOCKS: Anchor = Anchor {
    tick: 11,
    unix_nanos: 22,
};

#[test]
#[cfg_attr(agentops_plain, ignore = "no file is mapped")]
fn arena() {
    static SITE: Site = Site::new(Kind::LlmCall, "ask", "app::model", "src/model.rs", 7)
        .with(&[
            ("gen_ai.provider.name", StaticValue::Str("openai")),
            ("retries", StaticValue::Int(2)),
            ("temperature", StaticValue::Float(0.5)),
            ("stream", StaticValue::Bool(false)),
        ])
        .keys(&["question"])
        .span_kind(SpanKind::Producer)
        .on_cancel(OnCancel::Unset);
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("arena");
    // Everything that is not given is fixed by this: the clocks, and the first site's number.
    let arena = Arena::create(&path, 0, &ARENA).unwrap();
    arena.set_anchor(CLOCKS);
    arena.count_overflow();
    registry::install(Arc::clone(&arena), b"resource");
    assert_eq!(registry::id_of(&SITE), 1);
    let start = Start {
        identity: Identity {
            site: 1,
            trace_id: *b"trace-id-16bytes",
            span_id: *b"span-id8",
            ..Identity::default()
        },
        tick: 12,
    };
    assert!(thread::append(|out| start.write(out)));
    thread::seal();

    let bytes = fs::read(&path).unwrap();
    let mut annotator = Annotator::new(&bytes);
    annotator.fixed(&[
        "magic 8",
        "version 4",
        "bytes of a unit 4",
        "instance id 16",
    ]);
    annotator.fixed(&["boot id 16", "destination 8", "flags 4"]);
    annotator.at = 64;
    annotator.fixed(&["bytes of definitions 8", "units 8", "anchor: tick 8"]);
    annotator.fixed(&["anchor: Unix nanoseconds 8", "chunks outside 8"]);
    annotator.at = TABLE_OFFSET;
    annotator.definition();
    annotator.definition();
    annotator.at = UNITS_OFFSET;
    annotator.fixed(&[
        "magic of a chunk 4",
        "state 4",
        "units 4",
        "zeros 4",
        "committed 8",
    ]);
    annotator.fixed(&["consumed 8"]);
    annotator.at = UNITS_OFFSET + 64;
    annotator.record();
    golden::check("arena", "An arena of one unit.", &bytes, &annotator.parts);
    read_arena(&golden::bytes("arena"), &start);
}

fn read_arena(bytes: &[u8], start: &Start) {
    let mut orphan = Orphan::read(bytes).unwrap();
    assert_eq!((orphan.header, orphan.anchor), (ARENA, CLOCKS));
    assert_eq!(
        (&orphan.resource[..], orphan.overflowed),
        (&b"resource"[..], 1)
    );
    let site = SiteDef {
        kind: Kind::LlmCall,
        name: None,
        function: "ask".into(),
        module: "app::model".into(),
        file: "src/model.rs".into(),
        line: 7,
        statics: vec![
            (
                "gen_ai.operation.name".into(),
                StaticAttr::Str("chat".into()),
            ),
            (
                "gen_ai.provider.name".into(),
                StaticAttr::Str("openai".into()),
            ),
            ("retries".into(), StaticAttr::Int(2)),
            ("temperature".into(), StaticAttr::Float(0.5)),
            ("stream".into(), StaticAttr::Bool(false)),
        ],
        keys: vec!["question".into()],
        span_kind: Some(SpanKind::Producer),
        on_cancel: OnCancel::Unset,
        measured: Measured::default(),
    };
    assert_eq!(orphan.sites.get(1).map(|site| &**site), Some(&site));
    let [range] = &orphan.unread[..] else {
        panic!("{:?}", orphan.unread);
    };
    let record = Records::new(&bytes[range.clone()]).next().unwrap();
    assert_eq!(Start::read(&record).map(|(start, _)| start), Some(*start));
}

const SEGMENT: Header = Header {
    id: *b"segment-id-16byt",
    instance: *b"instance-id-16by",
    destination: 0x0123_4567_89ab_cdef,
    signal: Signal::Traces,
};

/// One record of each state, each with a body that names it.
fn records() -> Vec<(RecordHeader, &'static [u8])> {
    let states: [(State, &[u8]); 5] = [
        (State::Ready, b"ready"),
        (State::Open, b"an open span"),
        (State::Undecided, b"undecided"),
        (State::Decision, b""),
        (State::Closed, b"closed88"),
    ];
    let header = |(seq, (state, body)): (u64, (State, &'static [u8]))| RecordHeader {
        len: u32::try_from(body.len()).unwrap(),
        count: 2,
        seq,
        session_hash: 0xfeed,
        unix_millis: 1_700_000_000_000,
        session_index: 5,
        signal: Signal::Traces,
        state,
    };
    (0..)
        .zip(states)
        .map(|numbered| (header(numbered), numbered.1.1))
        .collect()
}

fn segment_bytes() -> Vec<u8> {
    let mut bytes = SEGMENT.encode().to_vec();
    for (header, body) in records() {
        bytes.extend_from_slice(&header.encode(&SEGMENT.id, body));
        bytes.extend_from_slice(body);
        bytes.resize(bytes.len().next_multiple_of(8), 0);
    }
    bytes
}

#[test]
fn segment() {
    let bytes = segment_bytes();
    let mut annotator = Annotator::new(&bytes);
    annotator.fixed(&[
        "magic 8",
        "version 4",
        "bytes of the header 4",
        "segment id 16",
    ]);
    annotator.fixed(&["instance id 16", "destination 8", "signal 1", "zeros 3"]);
    annotator.take(4, "CRC32C");
    for (header, body) in records() {
        annotator.take(4, format!("magic of a record: {:?}", header.state));
        annotator.take(4, "CRC32C");
        annotator.fixed(&[
            "bytes of the body 4",
            "items 4",
            "number 8",
            "hash of the session 8",
        ]);
        annotator.fixed(&[
            "Unix milliseconds 8",
            "session index 4",
            "signal 1",
            "state 1",
        ]);
        annotator.take(2, "zeros");
        annotator.take(body.len(), "body");
        let padding = annotator.at.next_multiple_of(8) - annotator.at;
        annotator.take(padding, "padding");
    }
    golden::check(
        "segment",
        "A segment with a record of each state.",
        &bytes,
        &annotator.parts,
    );

    let golden = golden::bytes("segment");
    let mut reader = SegmentReader::new(&golden).unwrap();
    assert_eq!(*reader.header(), SEGMENT);
    let read: Vec<_> = reader.by_ref().map(|r| (r.header, r.body)).collect();
    assert_eq!((read, reader.damaged()), (records(), 0));
}

#[test]
fn a_segment_writer_writes_what_the_golden_file_holds() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("segment");
    let mut writer = SegmentWriter::create(&path, SEGMENT, 0).unwrap();
    for (header, body) in records() {
        let body = Body {
            bytes: body,
            count: header.count,
            session_hash: header.session_hash,
            session_index: header.session_index,
            state: header.state,
        };
        writer.append(body).unwrap();
    }
    let bytes = fs::read(writer.seal()).unwrap();
    assert_eq!(bytes.len(), segment_bytes().len());
    let reader = SegmentReader::new(&bytes).unwrap();
    let read = reader.map(|record| {
        // The one thing that is not given: when it was written.
        let unix_millis = 1_700_000_000_000;
        let header = RecordHeader {
            unix_millis,
            ..record.header
        };
        (header, record.body)
    });
    assert_eq!(read.collect::<Vec<_>>(), records());
}
