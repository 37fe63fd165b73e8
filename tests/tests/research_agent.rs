//! The research agent, run as a person runs it.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use std::time::Duration;

use agentops_tests::spool::read;
use agentops_tests::terminal::masked;
use agentops_tests::{Collector, Spans, Tree, example};
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;

const TIMEOUT: Duration = Duration::from_mins(1);

const TREE: &str = "
    session research: ok
      agent invoke_agent researcher: ok
        llm_call chat gpt-4o-mini (222 in, 21 out): ok
        tool execute_tool search: unset
        llm_call chat gpt-4o-mini (273 in, 31 out): ok
        tool execute_tool read_page: ok
        tool execute_tool read_page: error, the page took too long
        llm_call chat gpt-4o-mini (337 in, 16 out): ok
        tool execute_tool read_page: ok
        llm_call chat gpt-4o-mini (372 in, 17 out): ok
        tool execute_tool calculate: ok
        llm_call chat gpt-4o-mini (398 in, 38 out): ok
      llm_call chat gpt-4o (59 in, 23 out): ok
      guardrail cites_a_page: ok
";

const ANSWER: &str = "260 / 65 is 4. The cycle path around Lake Constance is about 260 kilometres \
                      long [lake].\n";

/// Runs it with a collector and with content, and gives the spans.
fn spans() -> Spans {
    let collector = Collector::start();
    let home = tempfile::tempdir().unwrap();
    let exit = example("research_agent")
        .env("HOME", home.path())
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
        .env("AGENTOPS_CAPTURE_CONTENT", "1")
        .run(TIMEOUT);
    exit.assert_success();
    let told = format!("{ANSWER}14 spans delivered to {}\n", collector.endpoint());
    assert_eq!(exit.stdout, told);
    collector.spans()
}

#[test]
fn tree_has_the_kinds_names_tokens_and_statuses_of_the_run() {
    let spans = spans();
    Tree::of(&spans).assert_eq(TREE);
    let session = spans.named("research");
    let id = session.str("session.id").unwrap();
    for span in spans.iter() {
        assert_eq!(span.trace_id(), session.trace_id(), "{}", span.name());
        assert_eq!(span.str("session.id"), Some(id), "{}", span.name());
        assert_eq!(span.str("user.id"), Some("ada"), "{}", span.name());
        let tags = span.attributes().strs("agentops.tags");
        assert_eq!(tags, Some(vec!["research"]), "{}", span.name());
        let kind = match span.name().starts_with("chat ") {
            true => SpanKind::Client,
            false => SpanKind::Internal,
        };
        assert_eq!(span.kind(), kind, "{}", span.name());
    }
    assert_eq!(session.str("agentops.session.end_state"), Some("Success"));
}

#[test]
fn refused_request_is_told_on_the_call_that_waited() {
    let spans = spans();
    let resent: Vec<_> = spans
        .iter()
        .filter_map(|span| Some((span, span.int("http.request.resend_count")?)))
        .collect();
    let [(call, 1)] = resent[..] else {
        panic!("{resent:?}");
    };
    assert_eq!(call.int("gen_ai.usage.input_tokens"), Some(273));
    // The server asked for a second.
    assert!(
        call.duration() >= Duration::from_secs(1),
        "{:?}",
        call.duration()
    );
}

#[test]
fn streamed_answer_is_open_to_its_end() {
    let spans = spans();
    let call = spans.named("chat gpt-4o");
    assert_eq!(call.bool("gen_ai.request.stream"), Some(true));
    let first = call.f64("gen_ai.response.time_to_first_chunk").unwrap();
    assert!(first > 0.0 && first < call.duration().as_secs_f64());
    assert_eq!(
        call.attributes().strs("gen_ai.response.finish_reasons"),
        Some(vec!["stop"])
    );
    // One chunk at least for each of its 23 tokens' words came before the end.
    let content = call.str("agentops.entity.output").unwrap();
    let chunks: serde_json::Value = serde_json::from_str(content).unwrap();
    let pieces = chunks.as_array().unwrap().iter();
    let text: String = pieces
        .filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str())
        .collect();
    assert_eq!(text, ANSWER.trim_end());
}

#[test]
fn tool_calls_carry_what_the_model_asked_and_what_it_was_told() {
    let spans = spans();
    let call = spans.named("execute_tool calculate");
    assert_eq!(call.str("gen_ai.tool.name"), Some("calculate"));
    assert!(
        call.str("gen_ai.tool.description")
            .unwrap()
            .starts_with("Multiplies")
    );
    let id = call.str("gen_ai.tool.call.id").unwrap();
    let arguments = call.str("gen_ai.tool.call.arguments").unwrap();
    let expected = serde_json::json!({"id": id, "expression": "260 / 65"});
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(arguments).unwrap(),
        expected
    );
    assert_eq!(call.str("gen_ai.tool.call.result"), Some("4.0"));
    let failed = spans.all_named("execute_tool read_page")[1];
    assert_eq!(failed.str("gen_ai.tool.call.result"), None);
    assert_eq!(failed.events()[0].name(), "exception");
}

#[test]
fn answer_with_an_empty_list_of_tool_calls_is_an_answer() {
    let provider = Collector::start();
    let message = r#"{"role": "assistant", "content": "It is long [lake].", "tool_calls": []}"#;
    let whole = format!(r#"{{"choices": [{{"message": {message}, "finish_reason": "stop"}}]}}"#);
    provider.answer_next(200, &[("content-type", "application/json")], whole);
    let chunk = r#"{"choices": [{"delta": {"content": "Long [lake]."}}]}"#;
    let streamed = format!("data: {chunk}\n\ndata: [DONE]\n\n");
    provider.answer_next(200, &[("content-type", "text/event-stream")], streamed);
    let home = tempfile::tempdir().unwrap();
    let exit = example("research_agent")
        .env("HOME", home.path())
        .env("OPENAI_BASE_URL", format!("{}/v1", provider.endpoint()))
        .run(TIMEOUT);
    exit.assert_success();
    assert!(exit.stdout.starts_with("Long [lake].\n"), "{}", exit.stdout);
    assert_eq!(provider.requests().len(), 2);
}

#[test]
fn session_is_shown_in_the_terminal_and_kept_on_this_machine() {
    let home = tempfile::tempdir().unwrap();
    let exit = example("research_agent")
        .env("HOME", home.path())
        .run(TIMEOUT);
    exit.assert_success();
    assert_eq!(
        masked(&exit.stderr),
        "\
agentops: arguments and results are recorded, as all stays on this machine; `AGENTOPS_CAPTURE_CONTENT=0` turns that off, `=1` this line only
✓ research research_agent <time> 14 spans <duration> 1.7k → 146 tokens
├ ◇ agent researcher <duration> ok
│ ├ ✦ chat gpt-4o-mini 222 → 21 <duration> ok
│ ├ ⚒ search <duration> ok
│ ├ ✦ chat gpt-4o-mini 273 → 31 <duration> ok
│ ├ ⚒ read_page <duration> ok
│ ├ ⚒ read_page <duration> the page took too long
│ ├ ✦ chat gpt-4o-mini 337 → 16 <duration> ok
│ ├ ⚒ read_page <duration> ok
│ ├ ✦ chat gpt-4o-mini 372 → 17 <duration> ok
│ ├ ⚒ calculate <duration> ok
│ └ ✦ chat gpt-4o-mini 398 → 38 <duration> ok
├ ✦ chat gpt-4o 59 → 23 <duration> ok
└ ⛨ guardrail cites_a_page <duration> ok
total 6 llm calls 1.7k → 146 tokens <duration> session <id>
"
    );
    let (spans, metrics) = read(&home.path().join(".agentops/spool/local"));
    Tree::of(&spans).assert_eq(TREE);
    let tools = metrics.named("gen_ai.execute_tool.duration");
    assert_eq!(tools.point(&[("gen_ai.tool.name", "calculate")]).count(), 1);
    let first_chunk = metrics.named("gen_ai.client.operation.time_to_first_chunk");
    assert_eq!(
        first_chunk
            .point(&[("gen_ai.request.model", "gpt-4o")])
            .count(),
        1
    );
}
