//! `args` and `skip`: which arguments are recorded, and in which form.

use std::cell::Cell;
use std::fmt;

use agentops_tests::program::uninitialized;
use serde_json::json;

use crate::{INPUT, ask, block_on, json as content, record_content};

#[derive(Debug, serde::Serialize)]
struct Query {
    text: String,
    limit: u8,
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.text, self.limit)
    }
}

impl Query {
    #[agentops::tool(args(self, limit = self.limit, more))]
    fn search(&self, more: bool, _rest: u8) -> bool {
        more
    }

    #[agentops::agent(args(%self, limit = self.limit))]
    async fn plan(self, more: bool) -> bool {
        more
    }

    #[agentops::task]
    fn plain(&self, more: bool) -> bool {
        more
    }
}

fn query() -> Query {
    Query {
        text: "rust".to_owned(),
        limit: 3,
    }
}

#[test]
fn only_what_is_listed_is_recorded_in_the_form_that_is_asked_for() {
    #[agentops::task(args(a, ?b, %c, length = a.text.len(), shown = ?c.limit, said = %b.text))]
    fn run(a: &Query, b: &Query, c: &Query, secret: &str) {
        let _ = (a, b, c, secret);
    }

    #[agentops::workflow(args(a, ?b, %c, length = a.text.len(), shown = ?c.limit, said = %b.text))]
    async fn run_async(a: &Query, b: &Query, c: &Query, secret: &str) {
        tokio::task::yield_now().await;
        let _ = (a, b, c, secret);
    }

    let received = record_content(|| {
        run(&query(), &query(), &query(), "s3cr3t");
        block_on(run_async(&query(), &query(), &query(), "s3cr3t"));
    });
    for name in ["run", "invoke_workflow run_async"] {
        let expected = json!({
            "a": {"text": "rust", "limit": 3},
            "b": "Query { text: \"rust\", limit: 3 }",
            "c": "rust (3)",
            "length": 4,
            "shown": "3",
            "said": "rust",
        });
        assert_eq!(
            content(received.spans.named(name), INPUT),
            expected,
            "{name}"
        );
    }
}

#[test]
fn all_but_what_is_skipped_is_recorded_without_args() {
    #[agentops::guardrail]
    fn all(a: u8, b: u8) -> u8 {
        a + b
    }

    #[agentops::guardrail(skip(b))]
    fn some(a: u8, b: u8) -> u8 {
        a + b
    }

    #[agentops::guardrail(skip(b))]
    async fn some_async(a: u8, b: u8) -> u8 {
        a + b
    }

    #[agentops::guardrail(skip(a, b))]
    fn none(a: u8, b: u8) -> u8 {
        a + b
    }

    let spans = record_content(|| {
        all(1, 2);
        some(1, 2);
        block_on(some_async(1, 2));
        none(1, 2);
    })
    .spans;
    assert_eq!(content(spans.named("all"), INPUT), json!({"a": 1, "b": 2}));
    assert_eq!(content(spans.named("some"), INPUT), json!({"a": 1}));
    assert_eq!(content(spans.named("some_async"), INPUT), json!({"a": 1}));
    assert_eq!(spans.named("none").str(INPUT), None);
}

#[test]
fn receiver_and_its_parts_are_recorded_where_they_are_listed() {
    let spans = record_content(|| {
        query().search(true, 0);
        query().plain(true);
        block_on(query().plan(true));
    })
    .spans;
    let search = spans.named("execute_tool search");
    assert_eq!(
        content(search, "gen_ai.tool.call.arguments"),
        json!({"self": {"text": "rust", "limit": 3}, "limit": 3, "more": true})
    );
    let plan = spans.named("invoke_agent plan");
    assert_eq!(
        content(plan, INPUT),
        json!({"self": "rust (3)", "limit": 3})
    );
    assert_eq!(content(spans.named("plain"), INPUT), json!({"more": true}));
}

#[test]
fn arguments_are_recorded_as_they_come_in() {
    #[agentops::operation(args(list, %text, first = list[0]))]
    fn changes(mut list: Vec<u8>, text: String) -> usize {
        list.clear();
        drop(text);
        list.len()
    }

    #[agentops::operation(leaf, args(list, size = list.len()))]
    fn leaf(mut list: Vec<u8>) -> usize {
        list.clear();
        list.len()
    }

    let spans = record_content(|| {
        changes(vec![7, 8], "t".to_owned());
        leaf(vec![7, 8]);
    })
    .spans;
    assert_eq!(
        content(spans.named("changes"), INPUT),
        json!({"list": [7, 8], "text": "t", "first": 7})
    );
    assert_eq!(
        content(spans.named("leaf"), INPUT),
        json!({"list": [7, 8], "size": 2})
    );
}

#[test]
fn parts_of_a_pattern_are_listed_by_their_names() {
    #[agentops::task(args(size = text.len(), limit_ = %limit))]
    fn run(Query { text, limit }: Query) -> String {
        format!("{text}{limit}")
    }

    let spans = record_content(|| run(query())).spans;
    assert_eq!(
        content(spans.named("run"), INPUT),
        json!({"size": 4, "limit_": "3"})
    );
}

#[agentops::task(args(n = ask(asked)))]
fn computes(asked: &Cell<i64>) {
    let _ = asked;
}

#[agentops::task(args(n = ask(asked)))]
async fn computes_async(asked: &Cell<i64>) {
    let _ = asked;
}

#[test]
fn computed_arguments_are_computed_once_where_they_are_recorded_and_not_without_init() {
    let asked = Cell::new(0);
    let calls = || {
        computes(&asked);
        block_on(computes_async(&asked));
    };
    uninitialized(calls);
    assert_eq!(asked.get(), 0);
    let spans = record_content(calls).spans;
    assert_eq!(content(spans.named("computes"), INPUT), json!({"n": 1}));
    assert_eq!(
        content(spans.named("computes_async"), INPUT),
        json!({"n": 2})
    );
    assert_eq!(asked.get(), 2);
}

#[test]
fn argument_that_panics_while_it_is_shown_harms_nobody() {
    struct Bad;

    impl fmt::Display for Bad {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("no words")
        }
    }

    #[agentops::task(args(%bad, good))]
    fn run(bad: Bad, good: u8) -> u8 {
        let _ = bad;
        good
    }

    let spans = record_content(|| assert_eq!(run(Bad, 3), 3)).spans;
    assert_eq!(content(spans.named("run"), INPUT)["good"], json!(3));
}
