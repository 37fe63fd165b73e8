//! `ret` and `content`: what is recorded of what a function returns.

use std::cell::Cell;
use std::fmt;

use agentops_tests::program::uninitialized;
use agentops_tests::{Span, Telemetry};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use serde_json::json;

use crate::{INPUT, OUTPUT, block_on, json as content, panics, record_content};

const KEY: &str = "key.of.a.constant";

#[derive(Debug, serde::Serialize)]
struct Answer {
    text: &'static str,
    tokens: u64,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

const ANSWER: Answer = Answer {
    text: "42",
    tokens: 7,
};

thread_local! {
    /// How often a closure on a value ran, which sees nothing of the function.
    static LOOKED: Cell<i64> = const { Cell::new(0) };
}

fn look() -> i64 {
    LOOKED.set(LOOKED.get() + 1);
    LOOKED.get()
}

#[test]
fn value_is_recorded_in_the_form_that_is_asked_for() {
    #[agentops::task]
    fn plain() -> Answer {
        ANSWER
    }

    #[agentops::task(ret(Debug))]
    fn debug() -> Answer {
        ANSWER
    }

    #[agentops::agent(ret(Display))]
    fn display() -> Result<Answer, fmt::Error> {
        Ok(ANSWER)
    }

    #[agentops::workflow(ret(Display))]
    async fn display_async() -> Answer {
        ANSWER
    }

    #[agentops::guardrail(ret(Json))]
    async fn json_async() -> Result<Answer, fmt::Error> {
        Ok(ANSWER)
    }

    #[agentops::guardrail(ret(|answer| answer.as_ref().map(|answer| answer.tokens)))]
    fn closure() -> Option<Answer> {
        Some(ANSWER)
    }

    #[agentops::session(ret(|answer| (answer.text, answer.tokens)))]
    async fn closure_async() -> Result<Answer, fmt::Error> {
        tokio::task::yield_now().await;
        Ok(ANSWER)
    }

    let spans = record_content(|| {
        plain();
        debug();
        display().unwrap();
        block_on(display_async());
        block_on(json_async()).unwrap();
        closure();
        block_on(closure_async()).unwrap();
    })
    .spans;
    let whole = json!({"text": "42", "tokens": 7});
    let shown = json!("Answer { text: \"42\", tokens: 7 }");
    for (name, expected) in [
        ("plain", whole.clone()),
        ("debug", shown),
        ("invoke_agent display", json!("42")),
        ("invoke_workflow display_async", json!("42")),
        ("json_async", whole),
        ("closure", json!(7)),
        ("closure_async", json!(["42", 7])),
    ] {
        assert_eq!(content(spans.named(name), OUTPUT), expected, "{name}");
    }
}

#[agentops::task(ret(|answer| answer.text, fields(tokens = |answer| answer.tokens, {KEY} = |_| true)))]
fn tells(fails: bool) -> Result<Answer, String> {
    if fails {
        Err("no".to_owned())
    } else {
        Ok(ANSWER)
    }
}

#[agentops::tool(ret(fields(tokens = |answer| answer.tokens, {KEY} = |_| true)))]
async fn tells_async(fails: bool) -> Result<Answer, String> {
    tokio::task::yield_now().await;
    if fails {
        Err("no".to_owned())
    } else {
        Ok(ANSWER)
    }
}

#[test]
fn fields_of_the_value_stand_beside_its_content() {
    let spans = record_content(|| {
        tells(false).unwrap();
        block_on(tells_async(false)).unwrap();
    })
    .spans;
    let (tells, later) = (
        spans.named("tells"),
        spans.named("execute_tool tells_async"),
    );
    assert_eq!(content(tells, OUTPUT), json!("42"));
    assert_eq!(
        content(later, "gen_ai.tool.call.result"),
        json!({"text": "42", "tokens": 7})
    );
    for span in [tells, later] {
        assert_eq!(span.int("tokens"), Some(7));
        assert_eq!(span.bool(KEY), Some(true));
    }
}

#[test]
fn nothing_is_recorded_of_a_value_that_is_not_there() {
    let spans = record_content(|| {
        tells(true).unwrap_err();
        block_on(tells_async(true)).unwrap_err();
    })
    .spans;
    for span in spans.iter() {
        assert_eq!(span.status(), StatusCode::Error);
        assert_eq!(span.int("tokens"), None);
        assert_eq!(span.str(OUTPUT), None);
        assert_eq!(span.str("gen_ai.tool.call.result"), None);
    }
}

#[agentops::task(content = false, fields(kept = 1))]
fn without_content(secret: &str) -> String {
    secret.to_owned()
}

#[agentops::tool(content = false, fields(kept = 1))]
async fn without_content_async(secret: &str) -> String {
    secret.to_owned()
}

#[agentops::operation(leaf, content = false, fields(kept = 1))]
fn leaf_without_content(secret: &str) -> String {
    secret.to_owned()
}

#[track_caller]
fn assert_no_secret(span: &Span) {
    let told = format!("{:?}", span.attributes());
    assert!(!told.contains("s3cr3t"), "{told}");
}

#[test]
fn content_that_is_turned_off_leaves_fields_and_nothing_else() {
    let spans = record_content(|| {
        without_content("s3cr3t");
        block_on(without_content_async("s3cr3t"));
        leaf_without_content("s3cr3t");
    })
    .spans;
    assert_eq!(spans.len(), 3);
    for span in spans.iter() {
        assert_no_secret(span);
        assert_eq!(span.str(INPUT), None);
        assert_eq!(span.int("kept"), Some(1));
    }
}

#[test]
fn fields_of_the_value_stay_where_content_does_not_leave_the_machine() {
    let spans = Telemetry::record(|| {
        tells(false).unwrap();
        block_on(tells_async(false)).unwrap();
    })
    .spans;
    for span in spans.iter() {
        assert_eq!(span.int("tokens"), Some(7));
        assert_eq!(span.str(OUTPUT), None);
        assert_eq!(span.str("gen_ai.tool.call.result"), None);
    }
}

#[agentops::task(ret(|_| look(), fields(seen = |_| look())))]
fn looked_at() -> u8 {
    1
}

#[agentops::task(ret(|_| look(), fields(seen = |_| look())))]
async fn looked_at_async() -> u8 {
    1
}

#[test]
fn closures_run_once_where_they_are_heard_and_not_without_init() {
    let calls = || {
        looked_at();
        block_on(looked_at_async());
    };
    LOOKED.set(0);
    uninitialized(calls);
    assert_eq!(LOOKED.get(), 0);
    record_content(calls);
    assert_eq!(LOOKED.get(), 4);
    // Content is not kept then, so nobody asks for it; the field stays.
    Telemetry::record(calls);
    assert_eq!(LOOKED.get(), 6);
}

#[test]
fn closure_that_panics_keeps_the_value_out() {
    #[agentops::task(ret(|_| panics::<String>()))]
    fn run() -> &'static str {
        "s3cr3t"
    }

    #[agentops::task(ret(|_| panics::<String>(), fields(n = |_| panics::<String>())))]
    async fn run_async() -> Result<&'static str, fmt::Error> {
        Ok("s3cr3t")
    }

    #[agentops::operation(leaf, ret(|_| panics::<String>()))]
    fn run_leaf() -> &'static str {
        "s3cr3t"
    }

    let spans = record_content(|| {
        assert_eq!(run(), "s3cr3t");
        assert_eq!(block_on(run_async()), Ok("s3cr3t"));
        assert_eq!(run_leaf(), "s3cr3t");
    })
    .spans;
    assert_eq!(spans.names(), ["run", "run_async", "run_leaf"]);
    for span in spans.iter() {
        assert_no_secret(span);
        assert_ne!(span.status(), StatusCode::Error, "{}", span.name());
    }
}

#[test]
fn functions_may_be_named_in_place_of_closures() {
    fn tokens(answer: &Answer) -> u64 {
        answer.tokens
    }

    #[agentops::task(ret(tokens))]
    fn word() -> Answer {
        ANSWER
    }

    #[agentops::task(ret(Answer::to_string), err(ToString::to_string))]
    fn path() -> Result<Answer, u8> {
        Ok(ANSWER)
    }

    let spans = record_content(|| {
        word();
        path().ok();
    })
    .spans;
    assert_eq!(content(spans.named("word"), OUTPUT), json!(7));
    assert_eq!(content(spans.named("path"), OUTPUT), json!("42"));
}
