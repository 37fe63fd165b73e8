//! Secrets do not survive in what a join hands on, wherever in a record they stand.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::fmt::Write as _;

use agentops_spool::join::{Join, Measurement, Sink};
use agentops_spool::otlp::batch::Batch;
use agentops_spool::record::cursor::Cursor;
use agentops_spool::record::field::{Field, FieldTag};
use agentops_spool::record::write::{End, Identity, Measure, SessionStart, Start, Whole};
use agentops_spool::record::{Reason, Status};
use agentops_spool::registry::{self, Sites};
use agentops_spool::site::{Kind, Site};
use agentops_spool::span::{Parts, Span};
use opentelemetry_proto::tonic::trace::v1 as proto;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use support::decoded::{spans, text, values};
use support::records::{ANCHOR, identity, record};

static STEP: Site = Site::new(Kind::Operation, "step", "app", "src/app.rs", 7).keys(&[
    "note",
    "db.password",
    "more",
    "session.token",
]);

/// What is looked for; texts around it make a secret of it.
const CANARY: &str = "C4naryXq7Zt9Lm2P";

/// Texts with the secret `@` in them.
const SECRETS: &[&str] = &[
    "with sk-ant-api03-@ it works",
    "ghp_@@",
    "Authorization: Bearer @",
    "postgres://app:@@db/main",
    "OPENAI_API_KEY=@",
    "x-api-key: @",
    r#"{"db_password": "@"}"#,
    "Login { client_secret: \"@\" }",
];

/// Texts that stay as they are.
const CLEAN: &[&str] = &[
    "",
    "gpt",
    "claude-sonnet-4-5-2026",
    "anthropic",
    "Bearer of news",
    "max_tokens=500",
    "https://example.com/a?b=c",
    "é — ü",
];

fn secret() -> impl Strategy<Value = String> {
    select(SECRETS).prop_map(|text| match text.starts_with("postgres") {
        true => text.replacen('@', CANARY, 1),
        false => text.replace('@', CANARY),
    })
}

/// A value of any type with a text at one place in it.
#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Bytes(Vec<u8>),
    Array(Vec<Value>),
    Int(i64),
}

impl Value {
    fn write(&self, out: &mut Cursor<'_>) {
        match self {
            Self::Text(text) => out.str_value(text),
            Self::Int(number) => out.i64_value(*number),
            Self::Bytes(bytes) => {
                out.u8(5);
                out.u32(u32::try_from(bytes.len()).unwrap());
                out.bytes(bytes);
            }
            Self::Array(values) => {
                out.array_value(values.len());
                for value in values {
                    value.write(out);
                }
            }
        }
    }
}

fn value(text: BoxedStrategy<String>) -> impl Strategy<Value = Value> {
    let bytes = (text.clone(), vec(any::<u8>(), 0..3)).prop_map(|(text, behind)| {
        // What is no text ends the one in front of it.
        [text.as_bytes(), &[0xff], &behind].concat()
    });
    let simple = prop_oneof![text.prop_map(Value::Text), bytes.prop_map(Value::Bytes)];
    simple.prop_recursive(3, 6, 3, |inner| {
        let beside = prop_oneof![
            any::<i64>().prop_map(Value::Int),
            select(CLEAN).prop_map(|text| Value::Text(text.into()))
        ];
        (vec(beside.clone(), 0..2), inner, vec(beside, 0..2)).prop_map(|(before, inner, behind)| {
            Value::Array([before, vec![inner], behind].concat())
        })
    })
}

/// A place in a record that takes a text or a value.
#[derive(Clone, Copy, Debug)]
enum Place {
    OfSite,
    Own,
    OfEvent,
    OfLink,
    OfContent,
    Name,
    Message,
    EventName,
    ErrorType,
}

const PLACES: &[Place] = &[
    Place::OfSite,
    Place::Own,
    Place::OfEvent,
    Place::OfLink,
    Place::OfContent,
    Place::Name,
    Place::Message,
    Place::EventName,
    Place::ErrorType,
];

impl Place {
    fn write(self, value: &Value, text: &str, out: &mut Cursor<'_>) {
        match self {
            Self::OfSite => {
                out.site_attr(0);
                value.write(out);
            }
            Self::Own => {
                out.attr("own");
                value.write(out);
            }
            Self::OfEvent => {
                out.event(1, "happened", 2);
                out.text("first");
                out.bool_value(true);
                out.text("note");
                value.write(out);
            }
            Self::OfLink => {
                out.link([2; 16], [3; 8], 1, "state=1", 1);
                out.text("note");
                value.write(out);
            }
            Self::OfContent => {
                out.content("input", 7);
                value.write(out);
            }
            Self::Name => out.text_field(FieldTag::Name, text),
            Self::Message => out.text_field(FieldTag::Message, text),
            Self::EventName => out.event(1, text, 0),
            Self::ErrorType => out.error(1, text, "words"),
        }
    }
}

/// Everything a join hands on, in bytes and in words.
#[derive(Default)]
struct Outputs {
    plain: Batch,
    whole: Batch,
    shown: String,
}

impl Sink for Outputs {
    fn parts(&mut self, parts: &Parts<'_>) {
        self.plain.push_plain(parts);
        let fields = parts.fields.iter().flatten();
        for field in fields.cloned().flatten().filter(|field| !is_left(field)) {
            write!(self.shown, "{field:?}").unwrap();
        }
        self.span(&Span::assemble(parts));
    }

    fn span(&mut self, span: &Span<'_>) {
        self.whole.push(span);
        write!(self.shown, "{span:?}").unwrap();
    }

    fn measure(&mut self, measure: &Measurement<'_>) {
        write!(self.shown, "{measure:?}").unwrap();
    }
}

/// Whether a span that is put together masks it, and nobody else reads it.
fn is_left(field: &Field<'_>) -> bool {
    matches!(field, Field::Content(_) | Field::Error(_))
}

impl Outputs {
    fn hold(&mut self, needle: &str) -> bool {
        let (plain, whole) = (self.plain.body(&[]), self.whole.body(&[]));
        let is_in = |bytes: &[u8]| {
            bytes
                .windows(needle.len())
                .any(|at| at == needle.as_bytes())
        };
        // Bytes are shown as numbers.
        let numbers = format!("{:?}", needle.as_bytes());
        let numbers = numbers.trim_matches(['[', ']']);
        is_in(plain) || is_in(whole) || self.shown.contains(needle) || self.shown.contains(numbers)
    }
}

/// Which record of a program has the text.
#[derive(Clone, Copy, Debug)]
enum Of {
    Start,
    End,
    Open,
    Leaf,
    Foreign,
    Measure,
    Session,
}

const OF: &[Of] = &[
    Of::Start,
    Of::End,
    Of::Open,
    Of::Leaf,
    Of::Foreign,
    Of::Measure,
    Of::Session,
];

/// Where in a record of this kind a text can stand that would be at `place`.
fn place_in(of: Of, place: Place) -> Place {
    match of {
        // It has attributes only.
        Of::Session => Place::Own,
        _ => place,
    }
}

/// All records of a span in a session, `fields` in one of them.
fn records(of: Of, fields: impl Fn(&mut Cursor<'_>) + Copy) -> Vec<Vec<u8>> {
    let site = registry::id_of(&STEP);
    let identity = Identity {
        site,
        ..identity(1, 1)
    };
    let session = record(|out| {
        SessionStart {
            index: 1,
            ..SessionStart::default()
        }
        .write(out);
        out.text_field(FieldTag::SessionId, "chat");
        if matches!(of, Of::Session) {
            fields(out);
        }
    });
    let start = record(|out| {
        Start {
            identity,
            tick: 1_001,
        }
        .write(out);
        if matches!(of, Of::Start | Of::Open) {
            fields(out);
        }
    });
    let end = record(|out| {
        let (status, reason) = (Status::Unset, Reason::Returned);
        End {
            span_id: [1; 8],
            tick: 2_001,
            status,
            reason,
        }
        .write(out);
        if matches!(of, Of::End) {
            fields(out);
        }
    });
    let whole = |site, span_kind| {
        record(|out| {
            Whole {
                identity: Identity { site, ..identity },
                start: 1_001,
                end: 2_001,
                unix_times: false,
                span_kind,
                status: Status::Unset,
                reason: Reason::Returned,
            }
            .write(out);
            fields(out);
        })
    };
    let measure = record(|out| {
        Measure {
            site,
            session: 1,
            nanos: 5,
            ..Measure::default()
        }
        .write(out);
        fields(out);
    });
    match of {
        Of::Start | Of::End | Of::Session => vec![session, start, end],
        Of::Open => vec![session, start],
        Of::Leaf => vec![session, whole(site, 0)],
        Of::Foreign => vec![session, whole(0, 1)],
        Of::Measure => vec![session, measure],
    }
}

fn outputs(records: &[Vec<u8>]) -> Outputs {
    let mut join = Join::new(Sites::live());
    let mut outputs = Outputs::default();
    join.pass(&[&records.concat()], ANCHOR, &mut outputs);
    join.journal(ANCHOR, &mut outputs);
    outputs
}

/// The spans that have an id; the journal tells of a session by one without.
fn own(body: &[u8]) -> Vec<proto::Span> {
    let spans = spans(body).into_iter();
    spans.filter(|span| span.span_id != [0; 8]).collect()
}

proptest! {
    #[test]
    fn a_canary_survives_nowhere(
        of in select(OF),
        place in select(PLACES),
        (text, value) in (secret(), value(secret().boxed())),
    ) {
        let place = place_in(of, place);
        let mut outputs = outputs(&records(of, |out| place.write(&value, &text, out)));
        prop_assert!(!outputs.hold(CANARY), "{}", outputs.shown);
    }

    #[test]
    fn what_has_no_secret_is_not_altered(
        of in select(OF),
        place in select(PLACES),
        (text, value) in (select(CLEAN), value(select(CLEAN).prop_map(str::to_owned).boxed())),
    ) {
        let place = place_in(of, place);
        let mut clean = outputs(&records(of, |out| place.write(&value, text, out)));
        prop_assert!(!clean.hold("[masked]"), "{}", clean.shown);
        // The same text a second time is one that is known.
        let mut join = Join::new(Sites::live());
        for _ in 0..2 {
            let mut again = Outputs::default();
            let records = records(of, |out| place.write(&value, text, out));
            join.pass(&[&records.concat()], ANCHOR, &mut again);
            join.journal(ANCHOR, &mut again);
            join.forget([1; 8]);
            prop_assert_eq!(own(clean.whole.body(&[])), own(again.whole.body(&[])));
        }
    }
}

#[test]
fn a_text_under_a_secret_key_is_hidden_and_a_number_stays() {
    let records = records(Of::End, |out| {
        out.site_text(1, "hunter2");
        out.site_i64(3, 42);
        out.attr("http.request.header.authorization");
        Value::Array(vec![Value::Text("a".into()), Value::Int(1)]).write(out);
        out.attr("password.length");
        out.str_value("seven");
        out.attr("secret");
        out.str_value("");
    });
    let mut outputs = outputs(&records);
    let [span] = &own(outputs.whole.body(&[]))[..] else {
        panic!("{}", outputs.shown);
    };
    assert_eq!(values(span, "db.password"), [text("[masked]")]);
    assert_eq!(values(span, "password.length"), [text("seven")]);
    assert_eq!(values(span, "secret"), [text("")]);
    let shown = format!(
        "{:?}",
        (
            values(span, "session.token"),
            values(span, "http.request.header.authorization")
        )
    );
    assert!(
        shown.contains("IntValue(42)") && shown.contains("IntValue(1)"),
        "{shown}"
    );
    assert!(
        shown.contains("[masked]") && !shown.contains("\"a\""),
        "{shown}"
    );
}

#[test]
fn ids_and_trace_state_are_never_altered() {
    let id = format!("Bearer {CANARY}");
    let records = records(Of::Foreign, |out| {
        out.attr("session.id");
        out.str_value(&id);
        out.text_field(FieldTag::TraceState, &id);
    });
    let mut outputs = outputs(&records);
    let [span] = &own(outputs.whole.body(&[]))[..] else {
        panic!("{}", outputs.shown);
    };
    assert_eq!(values(span, "session.id"), [text(&id)]);
    assert_eq!(span.trace_state, id);
}

#[test]
fn a_session_gives_its_spans_no_secret() {
    let records = records(Of::Session, |out| {
        out.attr("user.id");
        out.str_value("ann");
        out.attr("agentops.tags");
        Value::Array(vec![
            Value::Text(format!("TOKEN={CANARY}")),
            Value::Text("blue".into()),
        ])
        .write(out);
    });
    let mut outputs = outputs(&records);
    assert!(!outputs.hold(CANARY), "{}", outputs.shown);
    for body in [
        outputs.plain.body(&[]).to_vec(),
        outputs.whole.body(&[]).to_vec(),
    ] {
        let [span] = &own(&body)[..] else {
            panic!("{}", outputs.shown)
        };
        assert_eq!(values(span, "user.id"), [text("ann")]);
        let tags = format!("{:?}", values(span, "agentops.tags"));
        assert!(
            tags.contains("TOKEN=[masked]") && tags.contains("blue"),
            "{tags}"
        );
    }
}
