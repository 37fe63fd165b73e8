//! Values that are long, or that cannot be formatted.

use std::fmt;

use agentops_tests::Span;
use serde::Serialize;
use serde_json::json;

use super::{DebugBomb, INPUT, OUTPUT, SerializeBomb, Unserializable, input, output};
use crate::{block_on, record_content};

const LIMIT: usize = 256 << 10;
const LONG: usize = 10 << 20;

/// Takes content apart that was cut: what was kept, and the lengths that the marker tells.
#[track_caller]
fn cut<'a>(span: &'a Span, key: &str) -> (&'a str, usize, usize) {
    taken_apart(span.str(key).unwrap())
}

#[track_caller]
fn taken_apart(text: &str) -> (&str, usize, usize) {
    let marked = text.rsplit_once(" … [cut: ").and_then(|(kept, lengths)| {
        let (len, of) = lengths.strip_suffix(" bytes]")?.split_once(" of ")?;
        Some((kept, len.parse().ok()?, of.parse().ok()?))
    });
    marked.unwrap_or_else(|| panic!("no marker ends {} bytes", text.len()))
}

/// Three bytes a character, so that the limit is within one of them.
fn long() -> String {
    "€".repeat(LONG / 3)
}

struct Long(String);

impl fmt::Debug for Long {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[test]
fn long_arguments_are_cut_on_a_character_with_their_lengths() {
    #[agentops::task]
    fn serializes(first: u8, long: String, last: &str) {}

    #[agentops::task]
    fn shows(first: u8, long: &Long, last: &str) {}

    let text = long();
    let received = record_content(|| {
        serializes(1, text.clone(), "z");
        shows(1, &Long(text.clone()), "z");
    });
    for name in ["serializes", "shows"] {
        let span = received.spans.named(name);
        assert!(span.str(INPUT).unwrap().len() <= LIMIT);
        // It is JSON all the same, and hides nothing that comes after it.
        let input = input(span);
        assert_eq!((&input["first"], &input["last"]), (&json!(1), &json!("z")));
        let (kept, len, of) = taken_apart(input["long"].as_str().unwrap());
        assert_eq!((len, of), (kept.len(), text.len() + 2));
        assert!(len > LIMIT - 1024, "{len}");
        let kept = kept.strip_prefix('"').unwrap();
        assert!(kept.chars().all(|c| c == '€'));
    }
}

#[test]
fn several_long_arguments_share_the_room() {
    #[agentops::task]
    fn run(texts: &[String], long: &str, short: &str) {}

    let texts = vec!["ab".repeat(50); 10_000];
    let text = "x".repeat(LONG);
    let received = record_content(|| run(&texts, &text, "z"));
    let input = input(received.spans.named("run"));
    assert_eq!(input["short"], "z");
    let lens = ["texts", "long"].map(|key| taken_apart(input[key].as_str().unwrap()).1);
    assert!(lens.iter().all(|len| *len > LIMIT / 3), "{lens:?}");
}

#[test]
fn long_results_are_cut_and_the_function_gives_them_whole() {
    #[agentops::tool]
    async fn run(count: usize) -> String {
        tokio::task::yield_now().await;
        "€".repeat(count)
    }

    let received = record_content(|| {
        let text = block_on(run(LONG / 3));
        assert_eq!(text.chars().count(), LONG / 3);
    });
    let span = received.spans.named("execute_tool run");
    let (kept, len, of) = cut(span, super::TOOL_OUTPUT);
    assert_eq!(len, kept.len());
    assert_eq!(of, LONG / 3 * 3 + 2);
    assert_eq!(span.str(super::TOOL_INPUT), Some(r#"{"count":3495253}"#));
}

#[test]
fn content_of_just_the_limit_is_whole() {
    #[agentops::task]
    fn run(text: &str) -> usize {
        text.len()
    }

    let text = "x".repeat(LIMIT - r#"{"text":""}"#.len());
    let received = record_content(|| run(&text));
    let span = received.spans.named("run");
    assert_eq!(span.str(INPUT).map(str::len), Some(LIMIT));
    assert_eq!(input(span)["text"].as_str(), Some(&*text));
}

#[test]
fn arguments_that_cannot_be_formatted_leave_a_remark_and_the_others() {
    #[agentops::task]
    fn run(
        before: u8,
        shows: DebugBomb,
        serializes: SerializeBomb,
        refuses: Unserializable,
        nested: (u8, SerializeBomb),
        after: &str,
    ) -> u8 {
        before
    }

    let received = record_content(|| {
        let nested = (1, SerializeBomb);
        assert_eq!(
            run(7, DebugBomb, SerializeBomb, Unserializable, nested, "a"),
            7
        );
    });
    let span = received.spans.named("run");
    assert_eq!(
        input(span),
        json!({
            "before": 7,
            "shows": "<formatting panicked>",
            "serializes": "<formatting panicked>",
            "refuses": "<not serializable: out of order>",
            "nested": "<formatting panicked>",
            "after": "a",
        })
    );
    assert_eq!(output(span), json!(7));
}

#[test]
fn results_that_cannot_be_formatted_leave_a_remark_and_reach_the_caller() {
    #[agentops::task]
    fn shows(n: u8) -> Result<DebugBomb, String> {
        Ok(DebugBomb)
    }

    #[agentops::llm_call(name = "serializes")]
    fn serializes(n: u8) -> SerializeBomb {
        SerializeBomb
    }

    #[agentops::task]
    async fn refuses(n: u8) -> Option<Unserializable> {
        tokio::task::yield_now().await;
        Some(Unserializable)
    }

    let received = record_content(|| {
        assert!(matches!(shows(1), Ok(DebugBomb)));
        assert!(matches!(serializes(1), SerializeBomb));
        assert!(matches!(block_on(refuses(1)), Some(Unserializable)));
    });
    for (name, remark) in [
        ("shows", "<formatting panicked>"),
        ("serializes", "<formatting panicked>"),
        ("refuses", "<not serializable: out of order>"),
    ] {
        let span = received.spans.named(name);
        assert_eq!(output(span), json!(remark), "{name}");
        assert_eq!(input(span), json!({"n": 1}), "{name}");
    }
}

#[test]
fn bomb_behind_a_long_value_does_no_harm() {
    #[agentops::task]
    fn run(long: &str, bomb: DebugBomb, after: u8) {}

    let text = long();
    let received = record_content(|| run(&text, DebugBomb, 1));
    let span = received.spans.named("run");
    let input = input(span);
    assert!(input["long"].as_str().unwrap().starts_with("\"€"));
    assert_eq!(input["bomb"], "<formatting panicked>");
    assert_eq!(input["after"], 1);
    assert_eq!(span.str(OUTPUT), None);
}

/// Nested far deeper than any stack; its own destructor does not recurse.
#[derive(Debug, Serialize)]
struct Nested(Vec<Nested>);

impl Nested {
    fn new() -> Self {
        (0..200_000).fold(Self(Vec::new()), |inner, _| Self(vec![inner]))
    }
}

impl Drop for Nested {
    fn drop(&mut self) {
        let mut inner = self.0.pop();
        while let Some(mut next) = inner {
            inner = next.0.pop();
        }
    }
}

#[derive(Debug)]
struct Shown(#[expect(dead_code, reason = "shown")] Nested);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[test]
fn values_that_are_nested_deeper_than_the_stack_harm_nobody() {
    #[agentops::task(fields(shown = ?shown))]
    fn run(shown: &Shown, serialized: &Nested) -> Result<(), Shown> {
        Err(Shown(Nested::new()))
    }

    #[agentops::llm_call(model = "m")]
    fn ask(nested: Nested) -> Nested {
        nested
    }

    let received = record_content(|| {
        run(&Shown(Nested::new()), &Nested::new()).unwrap_err();
        ask(Nested::new());
    });
    let run = received.spans.named("run");
    let remark = "<not serializable: nested too deep>";
    let arguments = json!({"shown": remark, "serialized": remark});
    assert_eq!(input(run), arguments);
    for text in [run.str("shown").unwrap(), run.status_message()] {
        assert!(text.starts_with("Shown(Nested([Nested(["), "{text}");
    }
    let ask = received.spans.named("chat m");
    assert_eq!(input(ask), json!({ "nested": remark }));
    assert_eq!(output(ask), json!(remark));
}
