//! Captured content on its way from a record to a request body.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use agentops_spool::join::{Join, Measurement, Sink};
use agentops_spool::limits::Limits;
use agentops_spool::otlp::batch::Batch;
use agentops_spool::otlp::journaled;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::write::{End, Start};
use agentops_spool::registry::Sites;
use agentops_spool::span::{Session, Span};
use opentelemetry_proto::tonic::common::v1::any_value::Value as ProtoValue;
use opentelemetry_proto::tonic::trace::v1 as proto;
use support::decoded::{spans, text, values};
use support::records::{ANCHOR, identity, record};

/// What a test looks at, for each span.
type Look<'f> = &'f dyn Fn(&Span<'_>);

/// Shows each span to `look` and encodes it.
struct Shown<'f> {
    look: Look<'f>,
    batch: Batch,
}

impl Sink for Shown<'_> {
    fn span(&mut self, span: &Span<'_>) {
        (self.look)(span);
        self.batch.push(span);
    }

    fn measure(&mut self, _: &Measurement<'_>) {}
}

/// A span whose start and end hold these fields.
fn records(at_start: impl Fn(&mut Cursor<'_>), at_end: impl Fn(&mut Cursor<'_>)) -> [Vec<u8>; 2] {
    let start = Start {
        identity: identity(1, 0),
        tick: 1_001,
    };
    let end = End {
        span_id: [1; 8],
        tick: 2_001,
        ..End::default()
    };
    let started = record(|out| {
        start.write(out);
        at_start(out);
    });
    let ended = record(|out| {
        end.write(out);
        at_end(out);
    });
    [started, ended]
}

/// The span of the pass, decoded.
#[track_caller]
fn pass(join: &mut Join, records: &[Vec<u8>], look: Look<'_>) -> proto::Span {
    let batch = Batch::default();
    let mut shown = Shown { look, batch };
    join.pass(&[&records.concat()], ANCHOR, &mut shown);
    let [span] = &spans(shown.batch.body(&[]))[..] else {
        panic!("not one span");
    };
    span.clone()
}

fn say(key: &str, value: &str, out: &mut Cursor<'_>) {
    out.content(key, value.len() as u64);
    out.str_value(value);
}

#[test]
fn content_stands_apart_from_attributes_and_is_encoded_as_one() {
    let mut join = Join::new(Sites::default());
    let records = records(
        |out| say("question", "why?", out),
        |out| say("answer", "because", out),
    );
    let look = |span: &Span<'_>| {
        assert_eq!(span.content("question"), Some("why?"));
        assert!(span.get("question").is_none() && span.has("question"));
        assert_eq!(span.content("at"), None);
    };
    let span = pass(&mut join, &records, &look);
    assert_eq!(values(&span, "question"), [text("why?")]);
    assert_eq!(values(&span, "answer"), [text("because")]);
}

#[test]
fn a_later_value_of_a_key_replaces_content_and_the_reverse() {
    let mut join = Join::new(Sites::default());
    let at_start = |out: &mut Cursor<'_>| {
        say("twice", "first", out);
        say("content, then attribute", "first", out);
        out.attr("attribute, then content");
        out.str_value("first");
    };
    let at_end = |out: &mut Cursor<'_>| {
        say("twice", "second", out);
        out.attr("content, then attribute");
        out.str_value("second");
        say("attribute, then content", "second", out);
    };
    let records = records(at_start, at_end);
    let span = pass(&mut join, &records, &|_| {});
    for key in [
        "twice",
        "content, then attribute",
        "attribute, then content",
    ] {
        assert_eq!(values(&span, key), [text("second")], "{key}");
    }
}

#[test]
fn content_that_was_cut_says_so() {
    let mut join = Join::new(Sites::default());
    let at_start = |out: &mut Cursor<'_>| {
        out.content("cut", 300_000);
        out.str_value("añ");
    };
    let records = records(at_start, |_| {});
    let span = pass(&mut join, &records, &|_| {});
    let expected = text("añ … [cut: 3 of 300000 bytes]");
    assert_eq!(values(&span, "cut"), [expected]);
}

#[test]
fn content_is_cut_as_other_values_are_once_it_is_masked() {
    let mut join = Join::new(Sites::default());
    let value_chars = 24;
    join.set_limits(Limits {
        value_chars,
        attributes: 0,
        ..Limits::default()
    });
    let at_start = |out: &mut Cursor<'_>| {
        say("question", r#"{"password": "hunter2", "n": 1}"#, out);
        out.content("cut", 300_000);
        out.str_value("ñ");
    };
    let records = records(at_start, |out| out.error(9, "Refused", &"ñ".repeat(40)));
    let span = pass(&mut join, &records, &|_| {});
    assert_eq!(
        values(&span, "question"),
        [text(r#"{"password": "[masked]","#)]
    );
    assert_eq!(values(&span, "cut"), [text("ñ … [cut: 2 of 300000 by")]);
    let message = span.events[0].attributes[1].value.clone();
    let words = "ñ".repeat(value_chars);
    assert_eq!(
        message.and_then(|message| message.value),
        Some(text(&words))
    );
    assert_eq!(
        span.status.unwrap().message,
        "ñ".repeat(40),
        "that is no attribute"
    );
}

#[test]
fn content_loses_its_secrets_before_it_is_encoded() {
    let mut join = Join::new(Sites::default());
    let at_start = |out: &mut Cursor<'_>| {
        say("question", r#"{"password": "hunter2", "n": 1}"#, out);
        out.content("cut", 900);
        out.str_value(r#"{"n": 1, "password": "hunt"#);
        out.attr("not content");
        out.str_value(r#"{"password": "hunter2"}"#);
    };
    let records = records(at_start, |_| {});
    let span = pass(&mut join, &records, &|_| {});
    let question = r#"{"password": "[masked]", "n": 1}"#;
    assert_eq!(values(&span, "question"), [text(question)]);
    let cut = r#"{"n": 1, "password": "[masked] … [cut: 26 of 900 bytes]"#;
    assert_eq!(values(&span, "cut"), [text(cut)]);
    let attribute = r#"{"password": "[masked]"}"#;
    assert_eq!(values(&span, "not content"), [text(attribute)]);
}

#[test]
fn an_error_loses_its_secrets_before_it_is_encoded() {
    let mut join = Join::new(Sites::default());
    let at_end = |out: &mut Cursor<'_>| {
        out.event(7, "retry", 0);
        out.error(9, "Refused", r#"401 for {"password": "hunter2"}"#);
    };
    let records = records(|_| {}, at_end);
    let span = pass(&mut join, &records, &|_| {});
    let words = r#"401 for {"password": "[masked]"}"#;
    assert_eq!(span.status.as_ref().unwrap().message, words);
    assert_eq!(values(&span, "error.type"), [text("Refused")]);
    let [retry, exception] = &span.events[..] else {
        panic!("{:?}", span.events);
    };
    assert_eq!((retry.name.as_str(), retry.time_unix_nano), ("retry", 7));
    assert_eq!(exception.name, "exception");
    assert_eq!(exception.time_unix_nano, 9);
    let told = exception.attributes.iter().map(|attribute| {
        let value = attribute.value.clone().and_then(|value| value.value);
        (attribute.key.as_str(), value)
    });
    let expected = [
        ("exception.type", Some(text("Refused"))),
        ("exception.message", Some(text(words))),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn an_error_type_that_the_program_named_stays() {
    let mut join = Join::new(Sites::default());
    let at_end = |out: &mut Cursor<'_>| {
        out.attr("error.type");
        out.str_value("overloaded");
        out.error(9, "Refused", "");
    };
    let records = records(|_| {}, at_end);
    let span = pass(&mut join, &records, &|_| {});
    assert_eq!(values(&span, "error.type"), [text("overloaded")]);
    assert_eq!(span.events[0].attributes.len(), 1, "there are no words");
}

#[test]
fn content_that_is_no_text_is_an_attribute() {
    let mut join = Join::new(Sites::default());
    let at_start = |out: &mut Cursor<'_>| {
        out.content("count", 8);
        out.i64_value(7);
    };
    let records = records(at_start, |_| {});
    let look = |span: &Span<'_>| assert!(span.get("count").is_some() && span.contents.is_empty());
    let span = pass(&mut join, &records, &look);
    assert_eq!(values(&span, "count"), [ProtoValue::IntValue(7)]);
}

#[test]
fn a_journal_keeps_content_and_what_comes_later_replaces_it() {
    let mut join = Join::new(Sites::default());
    let start = Start {
        identity: identity(1, 0),
        tick: 1_001,
    };
    let started = record(|out| {
        start.write(out);
        say("question", r#"{"password": "hunter2"}"#, out);
        say("answer", "wait", out);
    });
    let mut journal = Shown {
        look: &|_| {},
        batch: Batch::default(),
    };
    join.pass(&[&started], ANCHOR, &mut journal);
    join.journal(ANCHOR, &mut journal);
    let body = journal.batch.body(&[]);
    let question = [text(r#"{"password": "[masked]"}"#)];
    assert_eq!(values(&spans(body)[0], "question"), question);

    let mut adopting = Join::new(Sites::default());
    for kept in journaled::read(body).0 {
        adopting.adopt_open(kept.to_open(0), Session::default());
    }
    let end = End {
        span_id: [1; 8],
        tick: 2_001,
        ..End::default()
    };
    let ended = record(|out| {
        end.write(out);
        say("answer", "because", out);
    });
    let span = pass(&mut adopting, &[ended], &|_| {});
    assert_eq!(values(&span, "question"), question);
    assert_eq!(values(&span, "answer"), [text("because")]);
}
