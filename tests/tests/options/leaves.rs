//! Options on leaves, whose spans are one record.

use std::fmt;

use agentops_tests::{Span, Telemetry};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use serde_json::json;

use crate::{INPUT, OUTPUT, json as content, panics, record_content};

#[derive(Debug)]
struct Bad {
    code: u8,
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bad {}", self.code)
    }
}

#[agentops::operation(
    leaf,
    args(?text, size = text.len(), %limit),
    fields(kind = "plain", shown = %text),
    ret(|value| value + 1, fields(value = |value| *value)),
    err(|error| format!("code {}", error.code), type = |_| "Bad"),
    err_if = |result| matches!(result, Ok(9))
)]
fn parse(text: &str, limit: u8) -> Result<u8, Bad> {
    match text.parse() {
        Ok(value) if value < limit => Ok(value),
        _ => Err(Bad { code: limit }),
    }
}

fn parsed(text: &str) -> Span {
    let spans = record_content(|| drop(parse(text, 10))).spans;
    spans.named("parse").clone()
}

#[test]
fn leaf_says_what_goes_in_and_what_comes_out() {
    let span = parsed("7");
    let arguments = json!({"text": "\"7\"", "size": 1, "limit": "10"});
    assert_eq!(content(&span, INPUT), arguments);
    assert_eq!(content(&span, OUTPUT), json!(8));
    assert_eq!(span.int("value"), Some(7));
    assert_eq!(span.str("kind"), Some("plain"));
    assert_eq!(span.str("shown"), Some("7"));
    assert_eq!(span.status(), StatusCode::Ok);
}

#[test]
fn leaf_says_an_error_in_the_words_that_are_asked_for() {
    let span = parsed("x");
    assert_eq!(span.status(), StatusCode::Error);
    assert_eq!(span.status_message(), "code 10");
    assert_eq!(span.str("error.type"), Some("Bad"));
    assert_eq!(span.str(OUTPUT), None);
    assert_eq!(span.int("value"), None);
}

#[test]
fn leaf_is_judged_by_its_value() {
    let span = parsed("9");
    assert_eq!(span.status(), StatusCode::Error);
    assert_eq!(span.status_message(), "`err_if` says so");
    assert_eq!(span.int("value"), Some(9));
}

#[test]
fn leaf_keeps_fields_and_verdict_where_content_does_not_leave_the_machine() {
    let spans = Telemetry::record(|| drop(parse("9", 10))).spans;
    let span = spans.named("parse");
    assert_eq!((span.str(INPUT), span.str(OUTPUT)), (None, None));
    assert_eq!(span.int("value"), Some(9));
    assert_eq!(span.str("shown"), Some("9"));
    assert_eq!(span.status(), StatusCode::Error);
}

#[test]
fn leaf_whose_closures_panic_is_a_span_all_the_same() {
    #[agentops::operation(
        leaf,
        ret(|_| panics::<u8>()),
        err(|_| panics::<u8>()),
        ok_if = |_| panics()
    )]
    fn leaf(fails: bool) -> Result<&'static str, Bad> {
        if fails {
            Err(Bad { code: 1 })
        } else {
            Ok("s3cr3t")
        }
    }

    let spans = record_content(|| {
        assert_eq!(leaf(false).unwrap(), "s3cr3t");
        assert_eq!(leaf(true).unwrap_err().code, 1);
    })
    .spans;
    assert_eq!(spans[0].str(OUTPUT), None);
    assert_eq!(spans[0].status(), StatusCode::Ok);
    assert_eq!(spans[1].status_message(), "bad 1");
}
