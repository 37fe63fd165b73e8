//! Options of functions that return a future: they see its output.

use std::future::Future;
use std::pin::Pin;

use agentops_tests::{Span, Telemetry};
use async_trait::async_trait;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use serde_json::json;

use crate::{INPUT, OUTPUT, block_on, json as content, record_content};

type Answer = Result<u8, String>;

fn answer(number: u8) -> Answer {
    match number {
        0 => Err("nothing".to_owned()),
        number => Ok(number),
    }
}

#[agentops::task(
    args(size = number),
    fields(number = number),
    ret(|value| value * 2, fields(value = |value| *value)),
    err(|error| format!("said: {error}"), type = |_| "Nothing"),
    err_if = |answer| *answer == Ok(9)
)]
fn opaque(number: u8) -> impl Future<Output = Answer> {
    async move {
        tokio::task::yield_now().await;
        answer(number)
    }
}

#[agentops::task(
    args(size = number),
    fields(number = number),
    ret(|value| value * 2, fields(value = |value| *value)),
    err(|error| format!("said: {error}"), type = |_| "Nothing"),
    err_if = |answer| *answer == Ok(9)
)]
fn boxed(number: u8) -> Pin<Box<dyn Future<Output = Answer> + Send>> {
    Box::pin(async move {
        tokio::task::yield_now().await;
        answer(number)
    })
}

#[async_trait]
trait Agent {
    async fn method(&self, number: u8) -> Answer;
}

struct Under;

#[async_trait]
impl Agent for Under {
    #[agentops::task(
        args(size = number),
        fields(number = number),
        ret(|value| value * 2, fields(value = |value| *value)),
        err(|error| format!("said: {error}"), type = |_| "Nothing"),
        err_if = |answer| *answer == Ok(9)
    )]
    async fn method(&self, number: u8) -> Answer {
        tokio::task::yield_now().await;
        answer(number)
    }
}

#[track_caller]
fn assert_tells_all(spans: &[&Span]) {
    let [succeeded, failed, refused] = spans[..] else {
        panic!("it was called thrice, not {} times", spans.len())
    };
    assert_eq!(content(succeeded, INPUT), json!({"size": 1}));
    assert_eq!(succeeded.int("number"), Some(1));
    assert_eq!(content(succeeded, OUTPUT), json!(2));
    assert_eq!(succeeded.int("value"), Some(1));
    assert_eq!(succeeded.status(), StatusCode::Ok);
    assert_eq!(failed.status_message(), "said: nothing");
    assert_eq!(failed.str("error.type"), Some("Nothing"));
    assert_eq!(failed.str(OUTPUT), None);
    assert_eq!(refused.status_message(), "`err_if` says so");
    assert_eq!(refused.int("value"), Some(9));
}

#[test]
fn options_see_the_output_of_futures() {
    let spans = record_content(|| {
        for number in [1, 0, 9] {
            let answers = [
                block_on(opaque(number)),
                block_on(boxed(number)),
                block_on(Under.method(number)),
            ];
            assert!(answers.iter().all(|found| *found == answer(number)));
        }
    })
    .spans;
    for name in ["opaque", "boxed", "method"] {
        assert_tells_all(&spans.all_named(name));
    }
}

#[test]
fn method_under_another_attribute_macro_takes_options_from_above_it() {
    struct Above;

    #[agentops::tool(args(number), ret(|value| value * 2), err_if = Result::is_err)]
    #[async_trait]
    impl Agent for Above {
        async fn method(&self, number: u8) -> Answer {
            answer(number)
        }
    }

    let spans = record_content(|| block_on(Above.method(1))).spans;
    let span = &spans[0];
    assert_eq!(
        content(span, "gen_ai.tool.call.arguments"),
        json!({"number": 1})
    );
    assert_eq!(content(span, "gen_ai.tool.call.result"), json!(2));
}

#[test]
fn future_that_is_dropped_is_what_is_asked_for() {
    #[agentops::task(on_cancel = ok)]
    fn waits() -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }

    let spans = Telemetry::record(|| drop(waits())).spans;
    assert_eq!(spans.named("waits").status(), StatusCode::Ok);
}
