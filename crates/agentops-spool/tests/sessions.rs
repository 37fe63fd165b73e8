//! What records tell of a session after it began, and which spans it reaches.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use agentops_spool::join::{Join, Measurement, Sink};
use agentops_spool::otlp::batch::Batch;
use agentops_spool::otlp::journaled;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::field::FieldTag;
use agentops_spool::record::write::{SessionStart, Start, Whole};
use agentops_spool::registry::Sites;
use agentops_spool::span::Span;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1 as proto;
use support::deadline::in_time;
use support::decoded::{spans, text, values};
use support::records::{ANCHOR, end, identity, pass, record, release, session, start};

/// Collects spans.
#[derive(Default)]
struct Collected(Batch);

impl Sink for Collected {
    fn span(&mut self, span: &Span<'_>) {
        self.0.push(span);
    }

    fn measure(&mut self, _: &Measurement<'_>) {}
}

impl Collected {
    fn spans(&mut self) -> Vec<proto::Span> {
        spans(self.0.body(&[]))
    }
}

/// The record of session 1 that comes again, with its user and its tags.
fn told(user: &str, tags: &[&str]) -> Vec<u8> {
    let words = usize::from(!user.is_empty()) + tags.len();
    told_as(u32::try_from(words).unwrap(), user, tags)
}

/// The same as word number `revision`.
fn told_as(revision: u32, user: &str, tags: &[&str]) -> Vec<u8> {
    let session = SessionStart {
        index: 1,
        revision,
        ..SessionStart::default()
    };
    record(|out| {
        session.write(out);
        out.text_field(FieldTag::SessionId, "chat");
        if !user.is_empty() {
            out.attr("user.id");
            out.str_value(user);
        }
        if !tags.is_empty() {
            out.attr("agentops.tags");
            out.array_value(tags.len());
            for tag in tags {
                out.str_value(tag);
            }
        }
    })
}

/// The spans of one pass over `records`, decoded.
fn ended(join: &mut Join, records: &[Vec<u8>]) -> Vec<proto::Span> {
    let mut collected = Collected::default();
    join.pass(&[&records.concat()], ANCHOR, &mut collected);
    collected.spans()
}

/// The body that the journal of this pass gets.
fn journal(join: &mut Join) -> Vec<u8> {
    let mut collected = Collected::default();
    join.journal(ANCHOR, &mut collected);
    collected.0.body(&[]).to_vec()
}

/// A join that knows only what is in these bodies of a journal.
fn adopter(bodies: &[Vec<u8>]) -> Join {
    let mut join = Join::new(Sites::default());
    for span in bodies.iter().flat_map(|body| journaled::read(body).0) {
        join.adopt_open(span.to_open(1), span.session(1));
    }
    join
}

fn join() -> Join {
    Join::new(Sites::default())
}

#[track_caller]
fn only(spans: Vec<proto::Span>) -> proto::Span {
    let [span] = <[_; 1]>::try_from(spans).unwrap();
    span
}

fn user(span: &proto::Span) -> Vec<Value> {
    values(span, "user.id")
}

fn tags(span: &proto::Span) -> Vec<String> {
    let values = values(span, "agentops.tags").into_iter();
    let texts = values.flat_map(|value| match value {
        Value::ArrayValue(array) => array.values,
        other => panic!("{other:?} is no array"),
    });
    texts
        .map(|value| match value.value {
            Some(Value::StringValue(text)) => text,
            other => panic!("{other:?} is no text"),
        })
        .collect()
}

#[test]
fn what_is_told_of_a_session_is_on_spans_that_began_before() {
    let mut join = join();
    assert!(ended(&mut join, &[session(1, 0, "chat"), start(1, 1)]).is_empty());
    let span = only(ended(&mut join, &[told("ann", &["beta", "nöw"]), end(1)]));
    assert_eq!(user(&span), [text("ann")]);
    assert_eq!(tags(&span), ["beta", "nöw"]);
    assert_eq!(values(&span, "session.id"), [text("chat")]);
}

#[test]
fn a_later_word_on_a_session_replaces_the_former() {
    let mut join = join();
    ended(&mut join, &[told("ann", &["beta"])]);
    let records = [told_as(9, "bob", &["gamma"]), start(1, 1), end(1)];
    let span = only(ended(&mut join, &records));
    assert_eq!(
        (user(&span), tags(&span)),
        (vec![text("bob")], vec!["gamma".to_owned()])
    );
}

#[test]
fn an_older_word_that_is_seen_later_takes_nothing_away() {
    let mut join = join();
    let all = [
        told("ann", &["beta"]),
        told("ann", &[]),
        session(1, 0, "chat"),
    ];
    ended(&mut join, &all);
    let span = only(ended(&mut join, &[start(1, 1), end(1)]));
    assert_eq!(
        (user(&span), tags(&span)),
        (vec![text("ann")], vec!["beta".to_owned()])
    );
}

#[test]
fn a_later_word_wins_in_whatever_order_it_is_seen() {
    let guest = || told_as(1, "guest", &["a"]);
    let ann = || told_as(300, "ann", &["x"]);
    for all in [[guest(), ann()], [ann(), guest()]] {
        let mut join = join();
        ended(&mut join, &all);
        let span = only(ended(&mut join, &[start(1, 1), end(1)]));
        assert_eq!(
            (user(&span), tags(&span)),
            (vec![text("ann")], vec!["x".to_owned()])
        );
    }
}

/// A span that says itself for whom it runs.
fn start_of_eve(more: impl Fn(&mut Cursor<'_>)) -> Vec<u8> {
    let start = Start {
        identity: identity(1, 1),
        tick: 1_001,
    };
    record(|out| {
        start.write(out);
        out.attr("user.id");
        out.str_value("eve");
        more(out);
    })
}

#[test]
fn an_attribute_of_the_span_itself_wins() {
    let start = start_of_eve(|out| {
        out.content("agentops.tags", 4);
        out.str_value("mine");
    });
    let span = only(ended(&mut join(), &[told("ann", &["beta"]), start, end(1)]));
    assert_eq!(user(&span), [text("eve")]);
    assert_eq!(values(&span, "agentops.tags"), [text("mine")]);
}

#[test]
fn a_span_of_other_code_that_began_in_another_session_keeps_to_that() {
    for (stamp, expected) in [("other", vec![]), ("chat", vec![text("ann")])] {
        let whole = Whole {
            identity: identity(1, 1),
            ..Whole::default()
        };
        let whole = record(|out| {
            whole.write(out);
            out.attr("session.id");
            out.str_value(stamp);
        });
        let span = only(ended(&mut join(), &[told("ann", &[]), whole]));
        assert_eq!(values(&span, "session.id"), [text(stamp)]);
        assert_eq!(user(&span), expected);
    }
}

#[test]
fn a_session_is_new_once() {
    let mut join = join();
    ended(&mut join, &[session(1, 0, "chat")]);
    assert_eq!(spans(&journal(&mut join)).len(), 1);
    ended(&mut join, &[session(1, 0, "chat")]);
    assert!(spans(&journal(&mut join)).is_empty());
}

#[test]
fn a_word_on_a_session_does_not_undo_its_release() {
    let mut join = join();
    pass(&mut join, &[session(1, 0, "chat"), release(1)]);
    // Of another thread, written before the release and seen after it.
    pass(&mut join, &[told("ann", &[])]);
    assert!(spans(&journal(&mut join)).is_empty());
    assert!(pass(&mut join, &[start(1, 1), end(1)]).spans.is_empty());
    let later = [pass(&mut join, &[]), pass(&mut join, &[])];
    let sessions: Vec<_> = later
        .iter()
        .flat_map(|seen| &seen.spans)
        .map(|span| &span.session)
        .collect();
    assert_eq!(sessions, [&None]);
}

#[test]
fn an_adopter_gives_later_spans_what_the_journal_tells_of_the_session() {
    let mut join = join();
    ended(&mut join, &[told("ann", &["beta", "nöw"]), start(1, 1)]);
    let mut adopter = adopter(&[journal(&mut join)]);
    let mut all = ended(&mut adopter, &[start(2, 1), end(2), end(1)]);
    all.sort_by_key(|span| span.span_id[0]);
    assert_eq!(all.len(), 2);
    for span in all {
        assert_eq!(user(&span), [text("ann")]);
        assert_eq!(tags(&span), ["beta", "nöw"]);
        assert_eq!(values(&span, "session.id"), [text("chat")]);
    }
}

#[test]
fn an_adopter_learns_what_was_told_after_the_session_was_journaled() {
    let mut join = join();
    ended(&mut join, &[session(1, 0, "chat"), start(1, 1)]);
    let first = journal(&mut join);
    ended(&mut join, &[told("ann", &["beta"])]);
    let second = journal(&mut join);
    ended(&mut join, &[told("ann", &["beta"])]);
    assert!(spans(&journal(&mut join)).is_empty(), "it was no news");

    let mut adopter = adopter(&[first, second]);
    let all = ended(&mut adopter, &[start(2, 1), end(2), end(1)]);
    assert_eq!(all.len(), 2);
    for span in all {
        assert_eq!(
            (user(&span), tags(&span)),
            (vec![text("ann")], vec!["beta".to_owned()])
        );
    }
}

#[test]
fn a_start_that_was_journaled_keeps_its_own_attribute() {
    let mut join = join();
    ended(&mut join, &[session(1, 0, "chat"), start_of_eve(|_| {})]);
    let first = journal(&mut join);
    ended(&mut join, &[told("ann", &[])]);
    let mut adopter = adopter(&[first, journal(&mut join)]);
    assert_eq!(user(&only(ended(&mut adopter, &[end(1)]))), [text("eve")]);
}

#[test]
fn a_session_is_active_while_its_own_span_is_open() {
    let own_span = |index, realm, n: u8| {
        let session = SessionStart {
            index,
            realm,
            span_id: [n; 8],
            revision: 1,
        };
        record(|out| session.write(out))
    };
    let mut join = join();
    assert_eq!(join.active_sessions(), 0);
    let sessions = [own_span(1, 0, 1), own_span(2, 0, 2), own_span(3, 1, 3)];
    pass(&mut join, &sessions);
    assert_eq!(join.active_sessions(), 0, "no span began yet");
    let starts = [start(1, 1), start(2, 2), start(3, 3), start(4, 1)];
    pass(&mut join, &starts);
    assert_eq!(join.active_sessions(), 2);
    // A span that goes on in a session that ended does not count, nor does more that is told.
    pass(&mut join, &[end(1), told("ann", &[])]);
    assert_eq!(join.active_sessions(), 1);
    pass(&mut join, &[end(2), end(3), end(4)]);
    assert_eq!(join.active_sessions(), 0);
}

#[test]
fn sessions_without_number_may_come_and_go_in_one_pass() {
    const COUNT: u32 = 300_000;
    in_time(|| {
        let mut join = join();
        let records: Vec<_> = (1..=COUNT)
            .flat_map(|index| [session(index, 0, "chat"), release(index)])
            .collect();
        ended(&mut join, &records);
        let told = journaled::read(&journal(&mut join)).0.len();
        assert_eq!(told, 0, "what is over is no business of the journal");
        assert!(join.is_waiting());
        ended(&mut join, &[]);
        assert!(!join.is_waiting());
    });
}
