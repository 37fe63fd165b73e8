//! Records become spans, in whatever order a reader sees them.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use agentops_spool::clock::Anchor;
use agentops_spool::join::open::Journaled;
use agentops_spool::join::{Join, Sink};
use agentops_spool::record::field::FieldTag;
use agentops_spool::record::write::{End, Measure, Start, Whole};
use agentops_spool::record::{Reason, Status};
use agentops_spool::registry::{self, Sites};
use agentops_spool::site::{Kind, OnCancel, Site, SpanKind, StaticValue};
use agentops_spool::span::Session;
use support::records::{ANCHOR, Seen, end, identity, pass, record, release, session, start};

static ASK: Site = Site::new(Kind::LlmCall, "ask", "app", "src/app.rs", 9)
    .with(&[("gen_ai.provider.name", StaticValue::Str("openai"))])
    .keys(&["gen_ai.request.model", "question"]);

static CHAT: Site = Site::new(Kind::Session, "chat", "app", "src/app.rs", 1);

fn join() -> Join {
    Join::new(Sites::live())
}

#[track_caller]
fn only<T>(items: &[T]) -> &T {
    let [item] = items else {
        panic!("{} items", items.len());
    };
    item
}

/// Passes without new records, until the join has no patience left.
fn wait(join: &mut Join) -> Seen {
    let mut seen = Seen::default();
    for _ in 0..3 {
        join.pass(&[], ANCHOR, &mut seen);
    }
    assert!(!join.is_waiting());
    seen
}

#[test]
fn start_and_end_in_one_pass_make_a_span() {
    let mut join = join();
    let seen = pass(&mut join, &[session(1, 0, "chat"), start(1, 1), end(1)]);
    let span = only(&seen.spans);
    assert_eq!(span.span_id, [1; 8]);
    assert_eq!(span.session.as_deref(), Some("chat"));
    assert_eq!(span.get("session.id"), Some("chat"));
    assert_eq!(span.times, (1_000_000_001, 1_000_001_001));
    assert_eq!((span.status, span.reason), (Status::Ok, Reason::Returned));
    assert_eq!((join.open_len(), join.losses()), (0, 0));
}

#[test]
fn start_and_end_in_two_passes_make_a_span() {
    let mut join = join();
    assert!(pass(&mut join, &[start(1, 0)]).spans.is_empty());
    assert_eq!(join.open_len(), 1);
    assert_eq!(pass(&mut join, &[end(1)]).spans.len(), 1);
    assert_eq!(join.open_len(), 0);
}

#[test]
fn an_end_waits_for_its_start() {
    let mut join = join();
    assert!(pass(&mut join, &[end(1)]).spans.is_empty());
    assert!(join.is_waiting());
    assert_eq!(pass(&mut join, &[start(1, 0)]).spans.len(), 1);
    assert!(!join.is_waiting());
    assert_eq!(join.losses(), 0);
}

#[test]
fn an_end_whose_start_never_comes_is_counted_once() {
    let mut join = join();
    assert!(pass(&mut join, &[end(1)]).spans.is_empty());
    assert!(wait(&mut join).spans.is_empty());
    assert_eq!(join.losses(), 1);
}

#[test]
fn a_span_waits_for_its_session() {
    let mut join = join();
    assert!(pass(&mut join, &[start(1, 1), end(1)]).spans.is_empty());
    let seen = pass(&mut join, &[session(1, 0, "chat")]);
    assert_eq!(only(&seen.spans).session.as_deref(), Some("chat"));
}

#[test]
fn a_span_whose_session_never_comes_is_delivered_without() {
    let mut join = join();
    assert!(pass(&mut join, &[start(1, 1), end(1)]).spans.is_empty());
    let seen = wait(&mut join);
    assert_eq!(only(&seen.spans).session, None);
    assert_eq!(join.losses(), 0);
}

#[test]
fn a_release_takes_effect_one_pass_late() {
    let mut join = join();
    pass(&mut join, &[session(1, 0, "chat"), start(1, 1), release(1)]);
    assert!(join.is_waiting());
    // The reader saw the release before it saw the span of another thread.
    let seen = pass(&mut join, &[end(1)]);
    assert_eq!(only(&seen.spans).session.as_deref(), Some("chat"));
    pass(&mut join, &[start(2, 1), end(2)]);
    assert_eq!(only(&wait(&mut join).spans).session, None);
}

#[test]
fn a_session_that_was_released_is_known_until_its_last_span_has_ended() {
    let mut join = join();
    pass(&mut join, &[session(1, 0, "chat"), start(1, 1), release(1)]);
    wait(&mut join);
    let seen = pass(&mut join, &[end(1)]);
    assert_eq!(only(&seen.spans).session.as_deref(), Some("chat"));
    pass(&mut join, &[start(2, 1), end(2)]);
    assert_eq!(only(&wait(&mut join).spans).session, None);
}

#[test]
fn a_leaf_is_a_span_of_its_site() {
    let leaf = Whole {
        identity: agentops_spool::record::write::Identity {
            site: registry::id_of(&ASK),
            ..identity(1, 0)
        },
        start: 1_010,
        end: 1_020,
        status: Status::Ok,
        ..Whole::default()
    };
    let leaf = record(|out| {
        leaf.write(out);
        out.site_attr(0);
        out.str_value("gpt-4o");
        out.site_attr(99);
        out.str_value("no such key");
    });
    let seen = pass(&mut join(), &[leaf]);
    let span = only(&seen.spans);
    assert_eq!(span.name, "chat gpt-4o");
    assert_eq!(span.times, (1_000_000_010, 1_000_000_020));
    let keys: Vec<&str> = span.attributes.iter().map(|(key, _)| &key[..]).collect();
    let expected = [
        "agentops.span.kind",
        "gen_ai.operation.name",
        "gen_ai.provider.name",
        "code.function.name",
        "code.file.path",
        "code.line.number",
        "gen_ai.request.model",
    ];
    assert_eq!(keys, expected);
}

#[test]
fn a_site_without_a_function_says_nothing_of_the_code() {
    static BUILT: Site = Site::new(Kind::Tool, "", "app", "src/app.rs", 3);
    let leaf = Whole {
        identity: agentops_spool::record::write::Identity {
            site: registry::id_of(&BUILT),
            ..identity(1, 0)
        },
        ..Whole::default()
    };
    let leaf = record(|out| {
        leaf.write(out);
        out.text_field(FieldTag::Name, "search");
        out.attr("code.function.name");
        out.str_value("mine");
    });
    let seen = pass(&mut join(), &[leaf]);
    let span = only(&seen.spans);
    assert_eq!(span.name, "search");
    let expected = [
        ("agentops.span.kind", "tool"),
        ("code.function.name", "mine"),
    ];
    let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
    assert_eq!(span.attributes, expected);
}

#[test]
fn a_whole_span_never_ends_before_it_begins() {
    let whole = Whole {
        identity: identity(1, 0),
        start: 500,
        end: 400,
        unix_times: true,
        ..Whole::default()
    };
    let bytes = record(|out| {
        whole.write(out);
        out.text_field(FieldTag::Name, "GET");
    });
    let seen = pass(&mut join(), &[bytes]);
    let span = only(&seen.spans);
    assert_eq!((&span.name[..], span.times), ("GET", (500, 500)));
}

#[test]
fn a_measure_makes_no_span_and_waits_for_its_session() {
    let measure = Measure {
        session: 1,
        nanos: 70,
        status: Status::Error,
        ..Measure::default()
    };
    let mut join = join();
    let first = pass(&mut join, &[record(|out| measure.write(out))]);
    assert!(first.measures.is_empty() && first.spans.is_empty());
    let seen = pass(&mut join, &[session(1, 0, "chat")]);
    assert_eq!(seen.measures, [(70, Status::Error, "chat".to_owned())]);
}

#[test]
fn a_span_whose_end_found_no_room_is_incomplete() {
    let mut join = join();
    pass(&mut join, &[start(1, 0), start(2, 0)]);
    let mut seen = Seen::default();
    join.give_up(Some(&[[1; 8]]), 5_000, ANCHOR, &mut seen);
    let span = only(&seen.spans);
    assert_eq!(span.span_id, [1; 8]);
    assert_eq!(span.reason, Reason::Incomplete);
    assert_eq!(span.get("agentops.span.incomplete"), Some("Bool(true)"));
    assert_eq!(join.open_len(), 1);
}

#[test]
fn a_span_whose_end_found_no_room_may_be_seen_later_than_that() {
    let mut join = join();
    let mut seen = Seen::default();
    join.give_up(Some(&[[1; 8]]), 5_000, ANCHOR, &mut seen);
    assert!(seen.spans.is_empty() && join.is_waiting());
    let seen = pass(&mut join, &[start(1, 0)]);
    let span = only(&seen.spans);
    assert_eq!(span.reason, Reason::Incomplete);
    assert_eq!(span.times.1, 1_000_004_000);
    assert_eq!(join.open_len(), 0);
}

#[test]
fn what_is_open_at_the_end_is_incomplete_but_not_what_tests_capture() {
    let mut join = join();
    let captured = session(2, 1, "capture");
    pass(&mut join, &[captured, start(1, 0), start(2, 2)]);
    let mut seen = Seen::default();
    join.give_up(None, 3_000, ANCHOR, &mut seen);
    assert_eq!(only(&seen.spans).span_id, [1; 8]);
    let seen = pass(&mut join, &[end(2)]);
    assert_eq!(only(&seen.spans).realm, 1);
}

#[test]
fn an_incomplete_span_never_ends_before_it_begins() {
    let mut join = join();
    pass(&mut join, &[start(1, 0)]);
    let mut seen = Seen::default();
    join.give_up(None, 1, ANCHOR, &mut seen);
    let (begun, ended) = only(&seen.spans).times;
    assert_eq!(begun, ended);
}

fn journaled(n: u8, kind: Kind) -> Journaled {
    Journaled {
        start: Start {
            identity: identity(n, 1),
            tick: 0,
        },
        kind,
        start_unix_nanos: 2_000_000_000,
        fields: vec![0],
    }
}

#[test]
fn a_journaled_start_meets_its_end() {
    let mut join = join();
    let session = Session {
        index: 1,
        id: "chat".into(),
        ..Session::default()
    };
    join.adopt_open(journaled(1, Kind::Session), session);
    let seen = pass(&mut join, &[end(1)]);
    let span = only(&seen.spans);
    assert_eq!(span.session.as_deref(), Some("chat"));
    assert_eq!(span.get("agentops.session.end_state"), Some("Success"));
    // The clock of the arena is older than what the journal says: no end before the start.
    assert_eq!(span.times, (2_000_000_000, 2_000_000_000));
}

#[test]
fn a_journaled_start_without_end_is_incomplete() {
    let mut join = join();
    join.adopt_open(journaled(1, Kind::Session), Session::default());
    join.adopt_open(journaled(2, Kind::Agent), Session::default());
    join.forget([2; 8]);
    let mut seen = Seen::default();
    join.give_up(None, 1, ANCHOR, &mut seen);
    let span = only(&seen.spans);
    assert_eq!(span.span_id, [1; 8]);
    assert_eq!(
        span.get("agentops.session.end_state"),
        Some("Indeterminate")
    );
}

#[test]
fn a_span_is_journaled_once_and_its_end_is_noted() {
    let mut join = join();
    pass(&mut join, &[start(1, 0), start(2, 0)]);
    let mut journal = Seen::default();
    join.journal(ANCHOR, &mut journal);
    join.journal(ANCHOR, &mut journal);
    assert_eq!(journal.spans.len(), 2);
    assert!(journal.spans.iter().all(|span| span.times.1 == 0));
    pass(&mut join, &[end(1), start(3, 0), end(3)]);
    assert_eq!(join.take_closed(), [([1; 16], [1; 8])]);
}

#[test]
fn a_span_that_was_only_written_again_has_its_end_noted_too() {
    let mut join = join();
    pass(&mut join, &[start(1, 0)]);
    let mut journal = Seen::default();
    join.journal_again(ANCHOR, &mut journal);
    assert_eq!(journal.spans.len(), 1);
    pass(&mut join, &[end(1)]);
    assert_eq!(join.take_closed(), [([1; 16], [1; 8])]);
}

#[test]
fn the_later_value_of_a_key_wins_and_keeps_its_place() {
    let seen = pass(&mut join(), &[start(1, 0), end(1)]);
    let expected = [
        ("at".to_owned(), "end".to_owned()),
        ("started".to_owned(), "Bool(true)".to_owned()),
    ];
    assert_eq!(only(&seen.spans).attributes, expected);
}

#[test]
fn a_damaged_record_costs_what_follows_it_and_is_counted() {
    let mut join = join();
    let mut bytes = [start(1, 0), end(1), start(2, 0), end(2)].concat();
    let second = start(1, 0).len() + end(1).len();
    bytes[second + 4] = 99;
    let other = [start(3, 0), end(3)].concat();
    let mut seen = Seen::default();
    join.pass(&[&bytes, &other], ANCHOR, &mut seen);
    let ids: Vec<u8> = seen.spans.iter().map(|span| span.span_id[0]).collect();
    assert_eq!(ids, [1, 3]);
    assert_eq!(join.losses(), 1);
}

#[test]
fn panics_and_cancellations_are_errors() {
    for (reason, error_type) in [
        (Reason::Panicked, "panic"),
        (Reason::Cancelled, "cancelled"),
    ] {
        let end = End {
            span_id: [1; 8],
            tick: 2_000,
            status: Status::Unset,
            reason,
        };
        let seen = pass(&mut join(), &[start(1, 0), record(|out| end.write(out))]);
        let span = only(&seen.spans);
        assert_eq!(span.status, Status::Error);
        assert_eq!(span.get("error.type"), Some(error_type));
    }
}

#[test]
fn a_session_says_how_it_ended() {
    let start = Start {
        identity: agentops_spool::record::write::Identity {
            site: registry::id_of(&CHAT),
            ..identity(1, 0)
        },
        tick: 1_000,
    };
    let start = record(|out| start.write(out));
    let seen = pass(&mut join(), &[start, end(1)]);
    let span = only(&seen.spans);
    assert_eq!(span.name, "chat");
    assert_eq!(span.get("agentops.session.end_state"), Some("Success"));
}

/// Drops everything.
struct Nothing;

impl Sink for Nothing {
    fn span(&mut self, _: &agentops_spool::span::Span<'_>) {}
    fn measure(&mut self, _: &agentops_spool::join::Measurement<'_>) {}
}

#[test]
fn ticks_and_clocks_at_their_limits_are_no_trouble() {
    for (tick, unix_nanos) in [(0, 0), (0, u64::MAX), (u64::MAX, 0), (u64::MAX, u64::MAX)] {
        let anchor = Anchor { tick, unix_nanos };
        let mut join = join();
        let records = [start(1, 0), start(2, 0), end(1)].concat();
        join.pass(&[&records], anchor, &mut Nothing);
        join.give_up(None, u64::MAX, anchor, &mut Nothing);
        assert_eq!(join.open_len(), 0);
    }
}

/// The spans that a join wants journaled: their ids and their sessions.
fn journaled_by(join: &mut Join) -> Vec<(u8, Option<String>)> {
    let mut journal = Seen::default();
    join.journal(ANCHOR, &mut journal);
    let entries = journal.spans.into_iter();
    entries
        .map(|span| (span.span_id[0], span.session))
        .collect()
}

#[test]
fn a_session_without_an_open_span_is_journaled_too() {
    let mut join = join();
    let chat = Some("chat".to_owned());
    // Its span was written and lies behind what this pass saw.
    pass(&mut join, &[session(1, 0, "chat")]);
    assert_eq!(journaled_by(&mut join), [(0, chat.clone())]);
    assert_eq!(journaled_by(&mut join), []);
    pass(&mut join, &[session(2, 0, "chat"), start(2, 2)]);
    assert_eq!(journaled_by(&mut join), [(2, chat)]);
    // Most sessions end in the pass that they begin in.
    let short = [session(3, 0, "chat"), start(3, 3), end(3), release(3)];
    pass(&mut join, &short);
    assert_eq!(journaled_by(&mut join), []);
    pass(&mut join, &[]);

    // What this pass read, spans of the third among it perhaps, may be read again by an adopter.
    assert_eq!(journaled_again(&mut join), [0, 0, 2]);
    pass(&mut join, &[]);
    assert_eq!(journaled_again(&mut join), [0, 2]);
}

/// The first byte of the ids of what a new journal gets.
fn journaled_again(join: &mut Join) -> Vec<u8> {
    let mut journal = Seen::default();
    join.journal_again(ANCHOR, &mut journal);
    let mut ids: Vec<u8> = journal.spans.iter().map(|span| span.span_id[0]).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn a_span_that_was_journaled_before_its_session_is_journaled_again() {
    let mut join = join();
    pass(&mut join, &[start(1, 1)]);
    assert_eq!(journaled_by(&mut join), [(1, None)]);
    pass(&mut join, &[session(1, 0, "chat")]);
    assert_eq!(journaled_by(&mut join), [(1, Some("chat".to_owned()))]);
    pass(&mut join, &[]);
    assert_eq!(journaled_by(&mut join), []);
}

#[test]
fn a_site_says_what_its_spans_are_to_others_and_what_a_cancellation_is() {
    const fn site() -> Site {
        Site::new(Kind::Task, "send", "app", "src/app.rs", 4).span_kind(SpanKind::Producer)
    }
    static ERROR: Site = site();
    static OK: Site = site().on_cancel(OnCancel::Ok);
    static UNSET: Site = site().on_cancel(OnCancel::Unset);
    let cancelled = |site: &'static Site| {
        let leaf = Whole {
            identity: agentops_spool::record::write::Identity {
                site: registry::id_of(site),
                ..identity(1, 0)
            },
            reason: Reason::Cancelled,
            ..Whole::default()
        };
        let seen = pass(&mut join(), &[record(|out| leaf.write(out))]);
        let span = only(&seen.spans);
        (span.status, span.message.clone(), span.span_kind)
    };
    let producer = 4;
    let dropped = "dropped before completion".to_owned();
    assert_eq!(cancelled(&ERROR), (Status::Error, dropped, producer));
    assert_eq!(cancelled(&OK), (Status::Ok, String::new(), producer));
    assert_eq!(cancelled(&UNSET), (Status::Unset, String::new(), producer));
}
