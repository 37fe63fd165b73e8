//! Results of every type.

use std::fmt;

use serde_json::json;

use super::{INPUT, OUTPUT, Point, TOOL_INPUT, TOOL_OUTPUT, json as content, output};
use crate::{block_on, record_content};

#[test]
fn results_are_recorded_as_well_as_their_types_can_say() {
    #[derive(Debug)]
    struct Shown;
    struct Bare;

    #[agentops::task]
    fn serializes() -> Point {
        Point { x: 1, y: 2 }
    }

    #[agentops::task]
    fn shows() -> Shown {
        Shown
    }

    #[agentops::task]
    fn bare() -> Bare {
        Bare
    }

    #[agentops::task]
    fn lends(text: &str) -> &str {
        text.trim()
    }

    #[agentops::task]
    fn gives_back<T>(value: T) -> T {
        value
    }

    let received = record_content(|| {
        serializes();
        shows();
        bare();
        assert_eq!(lends(" a "), "a");
        gives_back(1_u8);
    });
    for (name, expected) in [
        ("serializes", json!({"x": 1, "y": 2})),
        ("shows", json!("Shown")),
        (
            "bare",
            json!(
                "<traces::content::results::results_are_recorded_as_well_as_their_types_can_say::Bare>"
            ),
        ),
        ("lends", json!("a")),
        ("gives_back", json!("<u8>")),
    ] {
        assert_eq!(output(received.spans.named(name)), expected, "{name}");
    }
}

#[test]
fn value_of_ok_is_recorded_and_an_error_is_none() {
    struct Bare;

    #[agentops::task]
    fn run(good: bool) -> Result<Vec<u8>, String> {
        match good {
            true => Ok(vec![1]),
            false => Err("bad".to_owned()),
        }
    }

    #[agentops::task]
    async fn run_async(good: bool) -> Result<fmt::Error, Bare> {
        tokio::task::yield_now().await;
        match good {
            true => Ok(fmt::Error),
            false => Err(Bare),
        }
    }

    let received = record_content(|| {
        drop(run(true));
        drop(run(false));
        drop(block_on(run_async(true)));
        drop(block_on(run_async(false)));
    });
    for (name, good) in [("run", json!([1])), ("run_async", json!("Error"))] {
        for span in received.spans.all_named(name) {
            let is_good = span.str(INPUT) == Some(r#"{"good":true}"#);
            let expected = is_good.then(|| good.clone());
            assert_eq!(content(span, OUTPUT), expected, "{name}");
        }
    }
    assert_eq!(received.spans.len(), 4);
}

#[test]
fn unit_is_no_result() {
    #[agentops::task]
    fn run() {}

    #[agentops::task]
    async fn run_async() {}

    #[agentops::task]
    fn tries() -> Result<(), String> {
        Ok(())
    }

    let received = record_content(|| {
        run();
        block_on(run_async());
        drop(tries());
    });
    assert_eq!(received.spans.len(), 3);
    for span in received.spans.iter() {
        assert_eq!(span.str(OUTPUT), None, "{}", span.name());
    }
}

#[test]
fn option_is_its_value_or_null() {
    #[agentops::task]
    fn some() -> Option<u8> {
        Some(1)
    }

    #[agentops::task]
    fn none() -> Option<u8> {
        None
    }

    let received = record_content(|| (some(), none()));
    assert_eq!(output(received.spans.named("some")), json!(1));
    assert_eq!(output(received.spans.named("none")), json!(null));
}

#[test]
fn opaque_results_are_recorded_by_what_they_are() {
    #[agentops::task]
    fn serializes() -> impl fmt::Display {
        "text".to_owned()
    }

    #[agentops::task]
    fn shows() -> impl Iterator<Item = u8> {
        0..3_u8
    }

    #[agentops::task]
    async fn nested() -> Result<Vec<impl fmt::Display>, String> {
        Ok(vec![1, 2])
    }

    let received = record_content(|| {
        assert_eq!(serializes().to_string(), "text");
        assert_eq!(shows().count(), 3);
        assert_eq!(block_on(nested()).unwrap().len(), 2);
    });
    assert_eq!(output(received.spans.named("serializes")), json!("text"));
    assert_eq!(
        output(received.spans.named("shows")),
        json!({"start": 0, "end": 3})
    );
    assert_eq!(output(received.spans.named("nested")), json!([1, 2]));
}

#[test]
fn tools_have_attributes_of_their_own() {
    #[agentops::tool("search")]
    async fn run(query: &str) -> Result<Vec<String>, String> {
        Ok(vec![query.to_owned()])
    }

    let received = record_content(|| block_on(run("rust")));
    let span = received.spans.named("execute_tool search");
    assert_eq!(span.str(TOOL_INPUT), Some(r#"{"query":"rust"}"#));
    assert_eq!(span.str(TOOL_OUTPUT), Some(r#"["rust"]"#));
    assert_eq!(span.str(INPUT), None);
    assert_eq!(span.str(OUTPUT), None);
}

#[test]
fn panic_and_cancellation_leave_the_arguments_and_no_result() {
    #[agentops::task]
    fn fails(n: u8) -> u8 {
        assert!(n > 1, "too few");
        n
    }

    #[agentops::task]
    async fn waits(n: u8) -> u8 {
        std::future::pending().await
    }

    let received = record_content(|| {
        assert!(std::panic::catch_unwind(|| fails(1)).is_err());
        block_on(async {
            tokio::select! {
                biased;
                _ = waits(1) => unreachable!("it waits for ever"),
                () = std::future::ready(()) => {}
            }
        });
    });
    for name in ["fails", "waits"] {
        let span = received.spans.named(name);
        assert_eq!(span.str(INPUT), Some(r#"{"n":1}"#), "{name}");
        assert_eq!(span.str(OUTPUT), None, "{name}");
    }
}

#[test]
fn opaque_results_are_inferred_as_without_the_attribute() {
    struct Bare;

    #[agentops::task]
    fn question_mark(text: &str) -> Result<impl fmt::Display, Box<dyn std::error::Error>> {
        let number: u8 = text.parse()?;
        Ok(number)
    }

    #[agentops::task]
    fn only_ok() -> Result<impl fmt::Display, Bare> {
        Ok(1)
    }

    let received = record_content(|| {
        assert!(question_mark("x").is_err());
        assert!(only_ok().is_ok());
    });
    assert_eq!(output(received.spans.named("only_ok")), json!(1));
    assert_eq!(received.spans.named("question_mark").str(OUTPUT), None);
}
