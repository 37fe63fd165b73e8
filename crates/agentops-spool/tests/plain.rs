//! A span that is encoded as its records are is the same as one that was put together first.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use agentops_spool::join::{Join, Measurement, Sink};
use agentops_spool::limits::Limits;
use agentops_spool::otlp::batch::Batch;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::field::FieldTag;
use agentops_spool::record::write::{End, Identity, SessionStart, Start};
use agentops_spool::record::{Reason, Status};
use agentops_spool::registry::{self, Sites};
use agentops_spool::site::{Kind, Site, SpanKind, StaticValue};
use agentops_spool::span::{Parts, Span};
use proptest::collection::vec;
use proptest::prelude::*;
use support::decoded::{spans, text as text_value, values};
use support::records::{ANCHOR, identity, record};

static STEP: Site = Site::new(Kind::Operation, "step", "app", "src/app.rs", 7)
    .with(&[("part", StaticValue::Str("first"))])
    .keys(&["model", "input", "ratio", "done", "words"]);
static SEARCH: Site = Site::new(Kind::Tool, "search", "app", "src/app.rs", 200)
    .named("web")
    .span_kind(SpanKind::Client)
    .keys(&["query"]);
static OWN_USER: Site =
    Site::new(Kind::Task, "plan", "app", "src/app.rs", 8).keys(&["user.id", "session.id"]);
static TWICE: Site = Site::new(Kind::Task, "twice", "app", "src/app.rs", 9)
    .with(&[("part", StaticValue::Int(1))])
    .keys(&["part"]);
static ASK: Site =
    Site::new(Kind::LlmCall, "ask", "app", "src/app.rs", 10).keys(&["gen_ai.request.model"]);
static CHAT: Site = Site::new(Kind::Session, "chat", "app", "src/app.rs", 1);

/// Encodes each span in both ways.
#[derive(Default)]
struct Both {
    plain: Batch,
    whole: Batch,
}

impl Sink for Both {
    fn parts(&mut self, parts: &Parts<'_>) {
        if self.plain.push_plain(parts) {
            self.span(&Span::assemble(parts));
        }
    }

    fn span(&mut self, span: &Span<'_>) {
        self.whole.push(span);
    }

    fn measure(&mut self, _: &Measurement<'_>) {}
}

impl Both {
    /// The spans of a pass over `records` that were encoded as they are.
    fn of(records: &[Vec<u8>], limits: Limits) -> Self {
        let mut both = Self::default();
        let mut join = Join::new(Sites::live());
        join.set_limits(limits);
        join.pass(&[&records.concat()], ANCHOR, &mut both);
        both
    }

    fn count(&self) -> usize {
        let count = self.plain.count();
        assert_eq!(count, self.whole.count());
        count.try_into().unwrap()
    }
}

/// A field of a record.
#[derive(Clone, Debug)]
enum Field {
    OfSite(u16, Value),
    Own(&'static str, Value),
    Name(&'static str),
    Error,
}

#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Int(i64),
    Float(f64),
    Bool(bool),
    Texts(Vec<String>),
}

impl Field {
    fn write(&self, out: &mut Cursor<'_>) {
        match self {
            Self::OfSite(index, value) => {
                out.site_attr(*index);
                value.write(out);
            }
            Self::Own(key, value) => {
                out.attr(key);
                value.write(out);
            }
            Self::Name(name) => out.text_field(FieldTag::Name, name),
            Self::Error => out.error(1, "Broken", "it broke"),
        }
    }
}

impl Value {
    fn write(&self, out: &mut Cursor<'_>) {
        match self {
            Self::Text(text) => out.str_value(text),
            Self::Int(number) => out.i64_value(*number),
            Self::Float(number) => out.f64_value(*number),
            Self::Bool(truth) => out.bool_value(*truth),
            Self::Texts(texts) => {
                out.array_value(texts.len());
                for text in texts {
                    out.str_value(text);
                }
            }
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    // Short ones, those about where a length takes another byte, and others than ASCII.
    prop_oneof![
        "[a-zé]{0,12}",
        (100_usize..140).prop_map(|len| "x".repeat(len)),
        (16_370_usize..16_390).prop_map(|len| "x".repeat(len)),
        "[a-zé]{0,3}(Bearer |TOKEN=|://u:)C4nary[0-9]{8}@[a-zé]{0,3}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => text().prop_map(Value::Text),
        2 => any::<i64>().prop_map(Value::Int),
        1 => any::<f64>().prop_map(Value::Float),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => vec(text(), 0..4).prop_map(Value::Texts),
    ]
}

fn field() -> impl Strategy<Value = Field> {
    prop_oneof![
        20 => (0..7_u16, value()).prop_map(|(index, value)| Field::OfSite(index, value)),
        1 => (prop_oneof!["model", "other"], value()).prop_map(|(key, value)| {
            Field::Own(if key == "model" { "model" } else { "other" }, value)
        }),
        1 => Just(Field::Name("named")),
        1 => Just(Field::Error),
    ]
}

fn session(user: bool, tags: &[String], other: bool) -> Vec<u8> {
    let start = SessionStart {
        index: 1,
        ..SessionStart::default()
    };
    record(|out| {
        start.write(out);
        out.text_field(FieldTag::SessionId, "chat");
        if user {
            out.attr("user.id");
            out.str_value("u");
        }
        if !tags.is_empty() {
            out.attr("agentops.tags");
            Value::Texts(tags.to_vec()).write(out);
        }
        if other {
            out.attr("model");
            out.str_value("of the session");
        }
    })
}

fn span(site: u32, session: u32, has_parent: bool, fields: [&[Field]; 2], end: &End) -> Vec<u8> {
    let identity = Identity {
        site,
        trace_flags: 1,
        parent_remote: has_parent,
        parent_id: [u8::from(has_parent); 8],
        ..identity(1, session)
    };
    let start = Start {
        identity,
        tick: 1_001,
    };
    let write = |fields: &[Field], out: &mut Cursor<'_>| {
        for field in fields {
            field.write(out);
        }
    };
    let started = record(|out| {
        start.write(out);
        write(fields[0], out);
    });
    let ended = record(|out| {
        end.write(out);
        write(fields[1], out);
    });
    [started, ended].concat()
}

fn returned(status: Status) -> End {
    End {
        span_id: [1; 8],
        tick: 2_001,
        status,
        reason: Reason::Returned,
    }
}

proptest! {
    #[test]
    fn both_ways_give_the_same_bytes(
        site in 0_usize..6,
        in_session in any::<bool>(),
        (user, other, tags) in (any::<bool>(), any::<bool>(), vec("[a-z]{1,9}", 0..3)),
        (at_start, at_end) in (vec(field(), 0..5), vec(field(), 0..3)),
        (status, reason, has_parent) in (0..3_u8, 0..8_u8, any::<bool>()),
        (is_limited, attributes, value_chars) in (any::<bool>(), 0_usize..8, 0_usize..20),
    ) {
        let site = registry::id_of([&STEP, &SEARCH, &OWN_USER, &TWICE, &ASK, &CHAT][site]);
        let end = End {
            status: [Status::Unset, Status::Ok, Status::Error][usize::from(status)],
            reason: [Reason::Panicked, Reason::Cancelled]
                .get(usize::from(reason))
                .copied()
                .unwrap_or_default(),
            ..returned(Status::Unset)
        };
        let fields = [&at_start[..], &at_end[..]];
        let span = span(site, in_session.into(), has_parent, fields, &end);
        let limits = match is_limited {
            true => Limits { attributes, value_chars, ..Limits::default() },
            false => Limits::default(),
        };
        let mut both = Both::of(&[session(user, &tags, other), span], limits);
        both.count();
        prop_assert_eq!(spans(both.plain.body(&[])), spans(both.whole.body(&[])));
        prop_assert_eq!(both.plain.body(&[]), both.whole.body(&[]));
        prop_assert!(!both.plain.body(&[]).windows(6).any(|bytes| bytes == b"C4nary"));
    }
}

#[test]
fn most_spans_are_encoded_as_they_are() {
    let text = |text: &str| Value::Text(text.to_owned());
    let step = [
        Field::OfSite(0, text("gpt")),
        Field::OfSite(1, Value::Int(-1)),
        Field::OfSite(2, Value::Float(0.5)),
    ];
    let later = [
        Field::OfSite(3, Value::Bool(true)),
        Field::OfSite(4, Value::Texts(vec!["é".to_owned()])),
    ];
    let session = session(true, &["tag".to_owned()], false);
    for (site, fields) in [
        (&STEP, [&step[..], &later[..]]),
        (&STEP, [&[], &[]]),
        (&SEARCH, [&[Field::OfSite(0, text(""))], &[]]),
    ] {
        for (index, status) in [(1, Status::Ok), (0, Status::Error), (0, Status::Unset)] {
            let span = span(
                registry::id_of(site),
                index,
                true,
                fields,
                &returned(status),
            );
            assert_eq!(
                Both::of(&[session.clone(), span], Limits::default()).count(),
                1,
                "{fields:?}"
            );
        }
    }
}

#[test]
fn a_secret_is_masked_and_the_span_encoded_as_it_is() {
    let secret = Field::OfSite(0, Value::Text("TOKEN=C4nary".to_owned()));
    let span = span(
        registry::id_of(&STEP),
        0,
        true,
        [&[secret], &[]],
        &returned(Status::Ok),
    );
    let mut both = Both::of(&[span], Limits::default());
    assert_eq!(both.count(), 1);
    let [span] = &spans(both.plain.body(&[]))[..] else {
        panic!("no span");
    };
    assert_eq!(values(span, "model"), [text_value("TOKEN=[masked]")]);
}

#[test]
fn a_span_that_needs_a_second_look_gets_one() {
    let twice = [
        Field::OfSite(0, Value::Int(1)),
        Field::OfSite(0, Value::Int(2)),
    ];
    let ok = returned(Status::Ok);
    let panicked = End {
        reason: Reason::Panicked,
        ..ok
    };
    let within = |site: &'static Site, fields: &[Field], end: &End, limits: Limits| {
        let span = span(registry::id_of(site), 1, false, [fields, &[]], end);
        Both::of(&[session(true, &[], false), span], limits).count()
    };
    let of = |site, fields: &[Field], end| within(site, fields, end, Limits::default());
    let long = [Field::OfSite(0, Value::Text("long".to_owned()))];
    for (value_chars, count) in [(3, 0), (4, 1)] {
        let limits = Limits {
            value_chars,
            ..Limits::default()
        };
        assert_eq!(within(&STEP, &long, &ok, limits), count);
    }
    let few = Limits {
        attributes: 4,
        ..Limits::default()
    };
    assert_eq!(within(&STEP, &long, &ok, few), 0);
    assert_eq!(of(&STEP, &twice, &ok), 0);
    assert_eq!(of(&STEP, &[Field::Error], &ok), 0);
    assert_eq!(of(&STEP, &[Field::OfSite(9, Value::Int(1))], &ok), 0);
    assert_eq!(of(&STEP, &[], &panicked), 0);
    for site in [&OWN_USER, &TWICE, &ASK, &CHAT] {
        assert_eq!(of(site, &[], &ok), 0, "{site:?}");
    }
}
