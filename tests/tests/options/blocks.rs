//! Options on an `impl` block, which are those of each of its methods.

use agentops_tests::{Span, Telemetry};
use serde_json::json;

use crate::{INPUT, OUTPUT, block_on, json as content, record_content};

const TOOL_INPUT: &str = "gen_ai.tool.call.arguments";
const TOOL_OUTPUT: &str = "gen_ai.tool.call.result";

struct Search;

#[agentops::tool(
    args(query, size = query.len()),
    ret(|hits| 2 * hits.len(), fields(hits = Vec::len)),
    err_if = Vec::is_empty,
    description = "Searches.",
    cost = 0.5
)]
impl Search {
    fn web(&self, query: &str, secret: &str) -> Vec<u8> {
        let _ = secret;
        query.bytes().collect()
    }

    async fn news(&self, query: String, limit: usize) -> Vec<u8> {
        tokio::task::yield_now().await;
        query.bytes().take(limit).collect()
    }

    #[agentops(skip)]
    fn quiet() {}
}

#[track_caller]
fn assert_found(span: &Span, query: &str, hits: i64) {
    let size = query.len();
    let expected = json!({"query": query, "size": size});
    assert_eq!(content(span, TOOL_INPUT), expected);
    assert_eq!(content(span, TOOL_OUTPUT), json!(2 * hits));
    assert_eq!(span.int("hits"), Some(hits));
    assert_eq!(span.str("gen_ai.tool.description"), Some("Searches."));
    assert_eq!(span.f64("agentops.cost"), Some(0.5));
}

#[test]
fn options_of_a_block_of_tools_are_those_of_each_method() {
    let spans = record_content(|| {
        Search.web("rust", "s3cr3t");
        block_on(Search.news("rust".to_owned(), 2));
        Search::quiet();
    })
    .spans;
    assert_eq!(spans.len(), 2);
    assert_found(spans.named("execute_tool Search::web"), "rust", 4);
    assert_found(spans.named("execute_tool Search::news"), "rust", 2);
}

#[test]
fn verdict_of_a_block_holds_for_each_method() {
    use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

    let spans = Telemetry::record(|| {
        Search.web("", "");
        block_on(Search.news("rust".to_owned(), 0));
    })
    .spans;
    for span in spans.iter() {
        assert_eq!(span.status(), StatusCode::Error, "{}", span.name());
    }
}

#[derive(Debug, serde::Serialize)]
struct Answer {
    text: &'static str,
    tokens: (u64, u64),
}

struct Client {
    model: &'static str,
}

#[agentops::llm_call(
    provider = "acme",
    model = self.model,
    usage = |answer| answer.tokens,
    completion = |answer| answer.text,
    ret(|answer| answer.text),
    args(prompt)
)]
impl Client {
    fn ask(&self, prompt: &str) -> Result<Answer, String> {
        let _ = prompt;
        Ok(Answer {
            text: "42",
            tokens: (17, 5),
        })
    }

    async fn ask_later(&self, prompt: &str) -> Answer {
        tokio::task::yield_now().await;
        self.ask(prompt).unwrap()
    }
}

#[test]
fn options_of_a_block_of_calls_are_those_of_each_method() {
    let client = Client { model: "m" };
    let spans = record_content(|| {
        client.ask("why?").unwrap();
        block_on(client.ask_later("why?"));
    })
    .spans;
    let calls = spans.all_named("chat m");
    // The later one makes another.
    assert_eq!(calls.len(), 3);
    for call in calls {
        assert_eq!(call.int("gen_ai.usage.input_tokens"), Some(17));
        assert_eq!(call.int("gen_ai.usage.output_tokens"), Some(5));
        assert_eq!(content(call, INPUT), json!({"prompt": "why?"}));
        assert_eq!(content(call, OUTPUT), json!("42"));
        assert!(call.str("gen_ai.output.messages").unwrap().contains("42"));
    }
}
