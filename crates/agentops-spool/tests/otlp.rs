//! What we encode is what another decoder of OTLP reads.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::sync::Arc;

use agentops_spool::directory::Directory;
use agentops_spool::join::{Join, Measurement, Sink};
use agentops_spool::journal::Journal;
use agentops_spool::otlp::batch::Batch;
use agentops_spool::otlp::{journaled, span};
use agentops_spool::queue::Queue;
use agentops_spool::record::value::Value as RecordValue;
use agentops_spool::record::write::{Identity, Start};
use agentops_spool::registry::{self, Sites};
use agentops_spool::segment::format::{Signal, State};
use agentops_spool::segment::reader::SegmentReader;
use agentops_spool::site::{Kind, Site};
use agentops_spool::span::{Session, Span};
use opentelemetry_proto::tonic::common::v1::any_value::Value as ProtoValue;
use opentelemetry_proto::tonic::resource::v1::Resource;
use proptest::collection::vec;
use proptest::prelude::*;
use prost::Message as _;
use support::decoded::{request, spans};
use support::made::made;
use support::records::{ANCHOR, end, identity, record, session, start};

/// Collects spans into batches by session.
#[derive(Debug, Default)]
struct Batches(Vec<(u32, Batch)>);

impl Sink for Batches {
    fn span(&mut self, span: &Span<'_>) {
        let index = span.session.map_or(0, |session| session.index);
        if self.0.iter().all(|(known, _)| *known != index) {
            self.0.push((index, Batch::default()));
        }
        for (known, batch) in &mut self.0 {
            if *known == index {
                batch.push(span);
            }
        }
    }

    fn measure(&mut self, _: &Measurement<'_>) {}
}

proptest! {
    #[test]
    fn a_span_is_decoded_to_what_was_put_in(all in vec(made(), 1..4)) {
        let mut join = Join::new(Sites::default());
        let records: Vec<_> = all.iter().map(support::made::Made::record).collect();
        let mut batches = Batches::default();
        join.pass(&[&records.concat()], ANCHOR, &mut batches);
        let (_, batch) = &mut batches.0[0];
        prop_assert_eq!(batch.count() as usize, all.len());

        let name = RecordValue::Str("test");
        let resource = span::resource([("service.name", name)].into_iter());
        let decoded = request(batch.body(&resource));
        let [resource_spans] = &decoded.resource_spans[..] else {
            panic!("not one resource");
        };
        let resource = resource_spans.resource.clone().unwrap_or_default();
        prop_assert_eq!(&resource.attributes[0].key, "service.name");
        for made in &all {
            let (name, version) = match &made.scope.0[..] {
                "" => ("agentops", env!("CARGO_PKG_VERSION")),
                name => (name, &made.scope.1[..]),
            };
            let in_scope = resource_spans.scope_spans.iter().find(|spans| {
                let scope = spans.scope.clone().unwrap_or_default();
                scope.name == name && scope.version == version
            });
            let found = in_scope.is_some_and(|scope| scope.spans.contains(&made.proto()));
            prop_assert!(found, "{:?} is not in {:?}", made.proto(), decoded);
        }
    }
}

#[test]
fn a_resource_is_decoded_to_what_was_put_in() {
    let attributes = [
        ("service.name", RecordValue::Str("tëst")),
        ("process.pid", RecordValue::Int(-1)),
        ("empty", RecordValue::Str("")),
    ];
    let encoded = span::resource(attributes.into_iter());
    let decoded = Resource::decode(&encoded[..]).unwrap();
    let values: Vec<_> = decoded
        .attributes
        .into_iter()
        .map(|attribute| (attribute.key, attribute.value.unwrap().value.unwrap()))
        .collect();
    let text = |text: &str| ProtoValue::StringValue(text.into());
    assert_eq!(values[0], ("service.name".into(), text("tëst")));
    assert_eq!(values[1], ("process.pid".into(), ProtoValue::IntValue(-1)));
    assert_eq!(values[2], ("empty".into(), text("")));
}

#[test]
fn every_record_in_a_directory_is_a_request() {
    let home = tempfile::tempdir().unwrap();
    let directory = Arc::new(Directory::create(home.path(), 7).unwrap());
    let (notices, _) = support::queues::notices();
    let queue = Queue::new(Signal::Traces, Some(Arc::clone(&directory)), notices);
    let mut journal = Journal::new(Arc::clone(&directory), 0, Vec::new());

    let mut join = Join::new(Sites::default());
    let records = [session(1, 0, "chat"), start(1, 1), start(2, 1), end(1)];
    let mut ended = Batches::default();
    join.pass(&[&records.concat()], ANCHOR, &mut ended);
    for (_, batch) in &mut ended.0 {
        let count = batch.count();
        queue.append(batch.body(&[]), count, 1, false);
    }
    let mut open = Batches::default();
    join.journal(ANCHOR, &mut open);
    for (index, batch) in &mut open.0 {
        journal.open(*index, 1, batch).unwrap();
    }
    join.pass(&[&end(2)], ANCHOR, &mut ended);
    journal.closed(&join.take_closed()).unwrap();

    let mut seen = Vec::new();
    for name in support::queues::files(home.path(), "") {
        let bytes = std::fs::read(home.path().join(&name)).unwrap();
        let Ok(reader) = SegmentReader::new(&bytes) else {
            assert!(name.ends_with(".instance"), "{name} is no segment");
            continue;
        };
        for record in reader {
            let [span] = &spans(record.body)[..] else {
                panic!("not one span in a record of {name}");
            };
            let is_open = span.end_time_unix_nano == 0;
            seen.push((record.header.state, span.span_id[0], is_open));
        }
    }
    seen.sort_by_key(|(state, ..)| *state as u8);
    let expected = [
        (State::Ready, 1, false),
        (State::Open, 2, true),
        (State::Closed, 2, true),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn a_span_that_a_journal_kept_has_no_key_twice() {
    let mut join = Join::new(Sites::default());
    let records = [session(1, 0, "chat"), start(1, 1)].concat();
    let mut open = Batches::default();
    join.pass(&[&records], ANCHOR, &mut open);
    join.journal(ANCHOR, &mut open);
    let body = open.0[0].1.body(&[]);

    let mut adopting = Join::new(Sites::default());
    for kept in journaled::read(body).0 {
        assert_eq!(kept.session_id, "chat");
        adopting.adopt_open(kept.to_open(1), Session::default());
    }
    let mut ended = Batches::default();
    adopting.pass(&[&end(1)], ANCHOR, &mut ended);
    for _ in 0..2 {
        adopting.pass(&[], ANCHOR, &mut ended);
    }
    let [span] = &spans(ended.0[0].1.body(&[]))[..] else {
        panic!("not one span");
    };
    let value = |key| support::decoded::values(span, key);
    assert_eq!(value("at"), [support::decoded::text("end")]);
    assert_eq!(value("started"), [ProtoValue::BoolValue(true)]);
    assert_eq!(value("session.id"), [support::decoded::text("chat")]);
    assert_eq!(span.start_time_unix_nano, 1_000_000_001);
    assert_eq!(span.end_time_unix_nano, 1_000_001_001);
}

#[test]
fn a_journal_keeps_what_a_span_is_to_the_agent() {
    static CHAT: Site = Site::new(Kind::Session, "chat", "", "", 1);
    let start = Start {
        identity: Identity {
            site: registry::id_of(&CHAT),
            ..identity(1, 0)
        },
        tick: 1_000,
    };
    let mut join = Join::new(Sites::live());
    let started = record(|out| start.write(out));
    let mut open = Batches::default();
    join.pass(&[&started], ANCHOR, &mut open);
    join.journal(ANCHOR, &mut open);
    let body = open.0[0].1.body(b"\x0a\x00");
    let (kept, resource) = journaled::read(body);
    assert_eq!((kept.len(), resource), (1, &b"\x0a\x00"[..]));
    assert_eq!(kept[0].kind, Kind::Session);
    assert_eq!(kept[0].start.identity.trace_id, [1; 16]);
    assert_eq!(kept[0].start_unix_nanos, ANCHOR.unix(1_000));
}
