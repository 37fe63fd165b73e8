//! Content of functions of every shape.

use std::panic::Location;

use agentops_tests::{Span, Tree};
use async_trait::async_trait;
use serde_json::json;

use super::{INPUT, OUTPUT, TOOL_INPUT, TOOL_OUTPUT, input, json as content, output};
use crate::{block_on, record_content};

#[track_caller]
fn assert_content(span: &Span) {
    assert_eq!(span.str(INPUT), Some(r#"{"word":"a","count":2}"#));
    assert_eq!(span.str(OUTPUT), Some(r#""aa""#));
}

fn repeat(word: &str, count: usize) -> String {
    word.repeat(count)
}

#[test]
fn functions_with_and_without_a_value_record_content() {
    #[agentops::agent("value")]
    fn value(word: &str, count: usize) -> String {
        if count == 0 {
            return String::new();
        }
        repeat(word, count)
    }

    #[agentops::workflow("none")]
    fn none(word: &str, count: usize) {
        if count == 0 {
            return;
        }
        repeat(word, count);
    }

    let received = record_content(|| {
        value("a", 2);
        none("a", 2);
    });
    assert_content(received.spans.named("invoke_agent value"));
    let none = received.spans.named("invoke_workflow none");
    assert_eq!(input(none), json!({"word": "a", "count": 2}));
    assert_eq!(none.str(OUTPUT), None);
}

#[test]
fn every_kind_records_content() {
    #[agentops::session]
    fn session(word: &str, count: usize) -> String {
        guardrail(word, count)
    }

    #[agentops::guardrail]
    fn guardrail(word: &str, count: usize) -> String {
        operation(word, count)
    }

    #[agentops::operation]
    fn operation(word: &str, count: usize) -> String {
        ask(word, count)
    }

    #[agentops::llm_call(name = "ask")]
    fn ask(word: &str, count: usize) -> String {
        repeat(word, count)
    }

    let received = record_content(|| session("a", 2));
    for name in ["session", "guardrail", "operation", "ask"] {
        assert_content(received.spans.named(name));
    }
}

#[test]
fn function_that_tracks_its_caller_records_what_it_ends_with() {
    #[track_caller]
    #[agentops::task]
    fn run(word: &str, count: usize) -> u32 {
        if count == 0 {
            return 0;
        }
        assert_eq!(repeat(word, count), "aa");
        Location::caller().line()
    }

    let line = line!() + 1;
    let received = record_content(|| assert_eq!(run("a", 2), line));
    let span = received.spans.named("run");
    assert_eq!(input(span), json!({"word": "a", "count": 2}));
    assert_eq!(span.str(OUTPUT), Some(&*line.to_string()));

    // Nobody sees what it returns halfway: it runs where it is.
    let received = record_content(|| assert_eq!(run("a", 0), 0));
    assert_eq!(received.spans.named("run").str(OUTPUT), None);
}

#[test]
fn function_that_returns_a_closure_records_its_arguments() {
    #[agentops::task]
    fn run(count: usize) -> impl Fn(&str) -> &str {
        move |text| &text[count..]
    }

    let received = record_content(|| assert_eq!(run(1)("ab"), "b"));
    let span = received.spans.named("run");
    assert_eq!(input(span), json!({"count": 1}));
    assert_eq!(span.str(OUTPUT), None);
}

struct Echo;

impl Echo {
    #[agentops::task]
    fn method(&self, word: &str, count: usize) -> String {
        repeat(word, count)
    }

    #[agentops::task]
    async fn async_method(&mut self, word: &str, count: usize) -> String {
        tokio::task::yield_now().await;
        repeat(word, count)
    }

    #[agentops::task]
    fn associated(word: &str, count: usize) -> Result<String, u8> {
        Ok(repeat(word, count))
    }
}

trait Repeat {
    #[agentops::task]
    fn default_method(&self, word: &str, count: usize) -> String {
        self.trait_method(word, count)
    }

    fn trait_method(&self, word: &str, count: usize) -> String;

    async fn async_trait_method(&self, word: &str, count: usize) -> String;
}

impl Repeat for Echo {
    #[agentops::task]
    fn trait_method(&self, word: &str, count: usize) -> String {
        repeat(word, count)
    }

    #[agentops::task]
    async fn async_trait_method(&self, word: &str, count: usize) -> String {
        tokio::task::yield_now().await;
        repeat(word, count)
    }
}

#[test]
fn methods_record_content() {
    let received = record_content(|| {
        let mut echo = Echo;
        echo.method("a", 2);
        block_on(echo.async_method("a", 2));
        drop(Echo::associated("a", 2));
        echo.default_method("a", 2);
        block_on(echo.async_trait_method("a", 2));
    });
    assert_eq!(received.spans.len(), 6);
    received.spans.iter().for_each(assert_content);
}

#[async_trait]
trait Tool: Sync {
    async fn call(&self, query: &str) -> Result<Vec<String>, String>;

    #[agentops::task]
    async fn twice(&self, query: &str) -> usize {
        let first = self.call(query).await.map_or(0, |hits| hits.len());
        first + self.call(query).await.map_or(0, |hits| hits.len())
    }
}

#[async_trait]
impl Tool for Echo {
    #[agentops::tool("search")]
    async fn call(&self, query: &str) -> Result<Vec<String>, String> {
        tokio::task::yield_now().await;
        look_up(query).await
    }
}

#[agentops::task]
async fn look_up(word: &str) -> Result<Vec<String>, String> {
    match word {
        "" => Err("no word".to_owned()),
        _ => Ok(vec![word.to_owned()]),
    }
}

#[test]
fn methods_under_async_trait_record_their_future_with_content() {
    let received = record_content(|| {
        let tool: &dyn Tool = &Echo;
        assert_eq!(block_on(tool.twice("a")), 2);
    });
    Tree::of(&received.spans).assert_eq(
        "
        task twice: unset
          tool execute_tool search: ok
            task look_up: ok
          tool execute_tool search: ok
            task look_up: ok
        ",
    );
    assert_eq!(output(received.spans.named("twice")), json!(2));
    for span in received.spans.all_named("execute_tool search") {
        assert_eq!(content(span, TOOL_INPUT), Some(json!({"query": "a"})));
        assert_eq!(content(span, TOOL_OUTPUT), Some(json!(["a"])));
    }
}

#[test]
fn error_of_a_method_under_async_trait_is_recorded() {
    let received = record_content(|| {
        let tool: &dyn Tool = &Echo;
        assert!(block_on(tool.call("")).is_err());
    });
    Tree::of(&received.spans).assert_eq(
        "
        tool execute_tool search: error, no word
          task look_up: error, no word
        ",
    );
}

#[test]
fn two_attributes_both_record_content() {
    #[agentops::session]
    #[agentops::task("inner")]
    fn run(word: &str, count: usize) -> String {
        repeat(word, count)
    }

    #[agentops::session]
    #[agentops::task("inner_async")]
    async fn run_async(word: &str, count: usize) -> String {
        repeat(word, count)
    }

    let received = record_content(|| {
        run("a", 2);
        block_on(run_async("a", 2));
    });
    assert_eq!(received.spans.len(), 4);
    received.spans.iter().for_each(assert_content);
}
