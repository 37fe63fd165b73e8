//! What a pass has read and not brought to the disk survives a kill.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

use std::fs;
use std::path::Path;
use std::process::{Command, abort};

use agentops_spool::adopt::{Segments, adopt};
use agentops_spool::directory::Directory;
use agentops_spool::notice::Notices;
use agentops_spool::queue::Queue;
use agentops_spool::record::field::FieldTag;
use agentops_spool::record::write::{End, Identity, Release, SessionStart, Start, Whole};
use agentops_spool::segment::format::Signal;
use agentops_spool::{registry, shared, thread};
use opentelemetry::trace::{SpanId, TraceId};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span as SentSpan;
use prost::Message as _;

use super::*;
use crate::run::{Run, RunStart};

/// A file where a test works that is the child.
const MARK: &str = "test-is-the-child";
const DESTINATION: u64 = 7;

fn queue_in(home: &Path) -> (Arc<Directory>, Arc<Queue>) {
    let directory = Arc::new(Directory::create(home, DESTINATION).unwrap());
    let notices = Arc::new(Notices::new(|_| {}));
    let queue = Queue::new(Signal::Traces, Some(Arc::clone(&directory)), notices);
    (directory, Arc::new(queue))
}

/// Runs `f` in a child that records into an arena and ends without a word; the spans that whoever
/// comes next finds.
fn left_by(name: &str, f: impl FnOnce()) -> Vec<SentSpan> {
    if Path::new(MARK).exists() {
        record_in(Path::new("."), f);
        abort();
    }
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join(MARK), "").unwrap();
    let name = format!("{}::{name}", module_path!().split_once("::").unwrap().1);
    let child = Command::new("/proc/self/exe")
        .args([&name, "--exact", "--nocapture"])
        .current_dir(home.path())
        .output()
        .unwrap();
    assert_eq!(child.status.code(), None, "{child:?}");
    adopted(home.path())
}

fn record_in(home: &Path, f: impl FnOnce()) {
    let (directory, queue) = queue_in(home);
    let arena = shared::create_arena(&directory, DESTINATION).unwrap();
    registry::install(arena, b"");
    let journal = Journal::new(directory, DESTINATION, Vec::new());
    let delivery = Delivery::new(vec![queue], Vec::new());
    with(|it| it.attach(delivery, Some(journal), None, Limits::default()));
    f();
}

fn adopted(home: &Path) -> Vec<SentSpan> {
    let (directory, queue) = queue_in(home);
    let queues = [queue];
    let limits = Limits::default();
    let segments = Segments::Send;
    adopt(
        &directory,
        DESTINATION,
        &queues,
        &queues,
        segments,
        limits,
        || queues[0].sync(),
    );
    let mut spans = Vec::new();
    while let Some(parcel) = queues[0].next(1 << 20) {
        let request = ExportTraceServiceRequest::decode(parcel.request()).unwrap();
        let resources = request.resource_spans.into_iter();
        let scopes = resources.flat_map(|resource| resource.scope_spans);
        spans.extend(scopes.flat_map(|scope| scope.spans));
        queues[0].delivered(&parcel, 0);
    }
    spans
}

const IDENTITY: Identity = Identity {
    site: 0,
    session: 1,
    trace_id: [1; 16],
    span_id: [1; 8],
    parent_id: [0; 8],
    parent_remote: false,
    trace_flags: 1,
};

fn write_start(session: u32) {
    let identity = Identity {
        session,
        ..IDENTITY
    };
    let start = Start { identity, tick: 5 };
    assert!(thread::append(|out| start.write(out)));
}

/// A start without a session that takes much room in the journal.
fn write_long_start(span_id: [u8; 8]) {
    let identity = Identity {
        session: 0,
        span_id,
        ..IDENTITY
    };
    let start = Start { identity, tick: 5 };
    assert!(thread::append(|out| {
        start.write(out);
        out.attr("long");
        out.str_value(&"x".repeat(200 << 10));
    }));
}

fn write_end() {
    let end = End {
        span_id: IDENTITY.span_id,
        tick: 9,
        ..End::default()
    };
    assert!(thread::append(|out| end.write(out)));
}

fn write_whole() {
    let whole = Whole {
        identity: IDENTITY,
        ..Whole::default()
    };
    assert!(thread::append(|out| whole.write(out)));
}

fn write_session() {
    let session = SessionStart {
        index: 1,
        ..SessionStart::default()
    };
    assert!(thread::append(|out| {
        session.write(out);
        out.text_field(FieldTag::SessionId, "chat");
    }));
}

fn pass() {
    with(Recorder::pass);
}

/// A pass that a kill ends when all was read, and nothing is given back yet.
fn unfinished_pass() {
    with(|it| {
        let anchor = it.anchor();
        let (mut unread, mut read) = (it.look(), Vec::new());
        while !it.read_slice(&mut unread, &mut read, anchor) {}
        it.hold_all();
    });
}

fn keys(span: &SentSpan) -> Vec<&str> {
    span.attributes.iter().map(|at| at.key.as_str()).collect()
}

#[test]
fn an_end_that_was_read_before_its_start_survives_a_kill() {
    let left = left_by(
        "an_end_that_was_read_before_its_start_survives_a_kill",
        || {
            write_end();
            pass();
            write_start(0);
        },
    );
    let [span] = &left[..] else {
        panic!("{left:?}");
    };
    assert_eq!(span.end_time_unix_nano - span.start_time_unix_nano, 4);
    assert_eq!(keys(span), [] as [&str; 0]);
}

#[test]
fn a_span_that_was_read_before_its_session_survives_a_kill() {
    let left = left_by(
        "a_span_that_was_read_before_its_session_survives_a_kill",
        || {
            write_whole();
            pass();
            write_session();
        },
    );
    let [span] = &left[..] else {
        panic!("{left:?}");
    };
    assert_eq!(keys(span), ["session.id"]);
}

#[test]
fn an_end_that_waits_for_its_session_survives_a_kill() {
    let left = left_by("an_end_that_waits_for_its_session_survives_a_kill", || {
        write_start(1);
        pass();
        write_end();
        pass();
        write_session();
    });
    let [span] = &left[..] else {
        panic!("{left:?}");
    };
    assert_eq!(span.end_time_unix_nano - span.start_time_unix_nano, 4);
    assert_eq!(keys(span), ["session.id"]);
}

#[test]
fn a_session_that_was_over_before_its_last_span_was_read_survives_a_kill() {
    let name = "a_session_that_was_over_before_its_last_span_was_read_survives_a_kill";
    let left = left_by(name, || {
        write_session();
        assert!(thread::append(|out| Release { index: 1 }.write(out)));
        pass();
        write_whole();
    });
    let [span] = &left[..] else {
        panic!("{left:?}");
    };
    assert_eq!(keys(span), ["session.id"]);
}

#[test]
fn a_session_that_was_over_is_known_until_its_last_span_is_given_back() {
    let name = "a_session_that_was_over_is_known_until_its_last_span_is_given_back";
    let left = left_by(name, || {
        write_session();
        assert!(thread::append(|out| Release { index: 1 }.write(out)));
        pass();
        write_whole();
        unfinished_pass();
    });
    // From the segment and, as nobody can tell, once more from the arena.
    assert_eq!(left.len(), 2);
    for span in left {
        assert_eq!(keys(&span), ["session.id"]);
    }
}

#[test]
fn a_new_journal_knows_a_session_until_its_last_span_is_given_back() {
    let name = "a_new_journal_knows_a_session_until_its_last_span_is_given_back";
    let left = left_by(name, || {
        write_session();
        write_start(1);
        assert!(thread::append(|out| Release { index: 1 }.write(out)));
        pass();
        // So long that the next pass begins a new journal.
        for n in 2..8 {
            write_long_start([n; 8]);
            pass();
        }
        let is_long = |it: &mut Recorder| it.outlet.journal.as_ref().is_some_and(Journal::is_long);
        assert!(with(is_long));
        let whole = Whole {
            identity: Identity {
                span_id: [9; 8],
                ..IDENTITY
            },
            ..Whole::default()
        };
        write_end();
        assert!(thread::append(|out| whole.write(out)));
        unfinished_pass();
        assert!(!with(is_long));
    });
    let of_session: Vec<_> = left
        .iter()
        .filter(|span| [[1; 8], [9; 8]].contains(&span.span_id[..].try_into().unwrap()))
        .collect();
    assert_eq!(of_session.len(), 3, "{of_session:?}");
    for span in of_session {
        assert_eq!(keys(span), ["session.id"]);
    }
}

#[test]
fn what_waited_is_forgotten_once_it_is_in_a_segment() {
    let left = left_by("what_waited_is_forgotten_once_it_is_in_a_segment", || {
        write_end();
        pass();
        write_start(0);
        pass();
    });
    assert_eq!(left.len(), 1);
}

#[test]
fn a_session_that_begins_where_there_is_no_room_is_known_all_the_same() {
    let name = "a_session_that_begins_where_there_is_no_room_is_known_all_the_same";
    let left = left_by(name, || {
        let filler = "x".repeat(200 << 10);
        while thread::append(|out| {
            Release { index: 99 }.write(out);
            out.text_field(FieldTag::Message, &filler);
        }) {}
        // What is left of the last chunk, to the last record.
        while thread::append(|out| Release { index: 99 }.write(out)) {}
        let run = Run::begin(RunStart {
            id: "chat".to_owned(),
            realm: 0,
            trace_id: TraceId::INVALID,
            span_id: SpanId::INVALID,
            user: None,
            tags: Vec::new(),
        });
        // Now there is room again, for spans of the session.
        pass();
        let whole = Whole {
            identity: Identity {
                session: run.index,
                ..IDENTITY
            },
            ..Whole::default()
        };
        assert!(thread::append(|out| whole.write(out)));
        (0..3).for_each(|_| pass());
    });
    let [span] = &left[..] else {
        panic!("{left:?}");
    };
    assert_eq!(keys(span), ["session.id"]);
}
