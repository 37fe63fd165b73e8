//! Options of `llm_call`: what is asked, what comes back, and what it takes.

use agentops::llm::Usage;
use agentops_tests::{Span, Telemetry};
use serde_json::json;

use crate::{INPUT, OUTPUT, block_on, json as content, panics, record_content};

const PROMPT: &str = "gen_ai.input.messages";
const COMPLETION: &str = "gen_ai.output.messages";

#[derive(Debug, Clone, serde::Serialize)]
struct Answer {
    text: String,
    input: u64,
    output: u64,
}

impl Answer {
    fn response(&self) -> serde_json::Value {
        json!({"model": "m-2", "id": self.text, "choices": [{"finish_reason": "stop"}]})
    }
}

#[derive(serde::Serialize)]
struct Request {
    model: &'static str,
    temperature: f64,
    top_p: f64,
    max_tokens: u32,
    stream: bool,
    seed: u8,
}

const REQUEST: Request = Request {
    model: "m-1",
    temperature: 0.25,
    top_p: 0.5,
    max_tokens: 64,
    stream: false,
    seed: 7,
};

fn answer(text: &str) -> Result<Answer, String> {
    let answer = Answer {
        text: text.to_uppercase(),
        input: 17,
        output: 5,
    };
    if text.is_empty() {
        Err("empty".to_owned())
    } else {
        Ok(answer)
    }
}

#[agentops::llm_call(
    provider = "openai",
    operation = text_completion,
    request = request,
    response = Answer::response,
    usage = |answer| (answer.input, answer.output),
    prompt = prompt,
    completion = |answer| &answer.text,
    server = "api.openai.com:443",
    args(size = prompt.len()),
    ret(|answer| answer.text.len())
)]
fn complete(request: &Request, prompt: &str) -> Result<Answer, String> {
    let _ = request;
    answer(prompt)
}

#[agentops::llm_call(
    provider = "openai",
    operation = text_completion,
    request = request,
    response = Answer::response,
    usage = |answer| (answer.input, answer.output),
    prompt = prompt,
    completion = |answer| answer.text.as_str(),
    server = "api.openai.com:443",
    args(size = prompt.len()),
    ret(|answer| answer.text.len())
)]
async fn complete_async(request: &Request, prompt: &str) -> Result<Answer, String> {
    tokio::task::yield_now().await;
    let _ = request;
    answer(prompt)
}

#[track_caller]
fn assert_tells_all(span: &Span) {
    assert_eq!(span.name(), "text_completion m-1");
    for (key, text) in [
        ("gen_ai.provider.name", "openai"),
        ("gen_ai.operation.name", "text_completion"),
        ("gen_ai.request.model", "m-1"),
        ("gen_ai.response.model", "m-2"),
        ("gen_ai.response.id", "WHY?"),
        ("server.address", "api.openai.com"),
    ] {
        assert_eq!(span.str(key), Some(text), "{key}");
    }
    for (key, number) in [
        ("gen_ai.request.max_tokens", 64),
        ("gen_ai.request.seed", 7),
        ("gen_ai.usage.input_tokens", 17),
        ("gen_ai.usage.output_tokens", 5),
        ("server.port", 443),
    ] {
        assert_eq!(span.int(key), Some(number), "{key}");
    }
    assert_eq!(span.f64("gen_ai.request.temperature"), Some(0.25));
    assert_eq!(span.f64("gen_ai.request.top_p"), Some(0.5));
    let reasons = span.attributes().strs("gen_ai.response.finish_reasons");
    assert_eq!(reasons, Some(vec!["stop"]));
}

fn message(role: &str, text: &str) -> serde_json::Value {
    json!([{"role": role, "parts": [{"type": "text", "content": text}]}])
}

#[test]
fn call_says_what_is_asked_and_what_comes_back() {
    let spans = record_content(|| {
        complete(&REQUEST, "why?").unwrap();
        block_on(complete_async(&REQUEST, "why?")).unwrap();
    })
    .spans;
    assert_eq!(spans.len(), 2);
    for span in spans.iter() {
        assert_tells_all(span);
        assert_eq!(content(span, PROMPT), message("user", "why?"));
        assert_eq!(content(span, COMPLETION), message("assistant", "WHY?"));
        assert_eq!(content(span, INPUT), json!({"size": 4}));
        assert_eq!(content(span, OUTPUT), json!(4));
    }
}

#[test]
fn call_says_all_but_content_where_that_does_not_leave_the_machine() {
    let spans = Telemetry::record(|| {
        complete(&REQUEST, "why?").unwrap();
        block_on(complete_async(&REQUEST, "why?")).unwrap();
    })
    .spans;
    assert_eq!(spans.len(), 2);
    for span in spans.iter() {
        assert_tells_all(span);
        for key in [PROMPT, COMPLETION, INPUT, OUTPUT] {
            assert_eq!(span.str(key), None, "{key}");
        }
    }
}

#[test]
fn call_without_content_says_usage_and_response_and_is_judged() {
    #[agentops::llm_call(
        content = false,
        request = REQUEST,
        response = Answer::response,
        usage = |answer| (answer.input, answer.output),
        fields(size = prompt.len()),
        err_if = |answer| answer.as_ref().is_ok_and(|answer| answer.input > 16)
    )]
    async fn ask(prompt: &str) -> Result<Answer, String> {
        answer(prompt)
    }

    let spans = record_content(|| block_on(ask("why?")).unwrap()).spans;
    let span = spans.named("chat m-1");
    assert_eq!(span.str("gen_ai.response.model"), Some("m-2"));
    assert_eq!(span.int("gen_ai.usage.input_tokens"), Some(17));
    assert_eq!(span.int("size"), Some(4));
    assert_eq!(span.status_message(), "`err_if` says so");
    for key in [PROMPT, COMPLETION, INPUT, OUTPUT] {
        assert_eq!(span.str(key), None, "{key}");
    }
}

#[test]
fn call_that_fails_says_what_was_asked() {
    let spans = record_content(|| {
        complete(&REQUEST, "").unwrap_err();
        block_on(complete_async(&REQUEST, "")).unwrap_err();
    })
    .spans;
    for span in spans.iter() {
        assert_eq!(span.str("gen_ai.request.model"), Some("m-1"));
        assert_eq!(content(span, PROMPT), message("user", ""));
        assert_eq!(span.str(COMPLETION), None);
        assert_eq!(span.int("gen_ai.usage.input_tokens"), None);
        assert_eq!(span.str("gen_ai.response.model"), None);
    }
}

#[agentops::llm_call(
    provider = provider,
    model = model,
    request = REQUEST,
    temperature = f64::from(temperature),
    max_tokens = 8 + 8,
    stream = true
)]
async fn computes(provider: String, model: &str, temperature: f32) {
    drop(provider);
    let _ = (model, temperature);
}

#[test]
fn computed_options_win_over_what_the_request_names() {
    let spans = Telemetry::record(|| block_on(computes("acme".to_owned(), "m-9", 0.75))).spans;
    let span = spans.named("chat m-9");
    assert_eq!(span.str("gen_ai.provider.name"), Some("acme"));
    assert_eq!(span.f64("gen_ai.request.temperature"), Some(0.75));
    assert_eq!(span.int("gen_ai.request.max_tokens"), Some(16));
    assert_eq!(span.f64("gen_ai.request.top_p"), Some(0.5));
    assert_eq!(span.int("gen_ai.request.seed"), Some(7));
}

#[agentops::llm_call(
    provider = "acme",
    model = "m-9",
    temperature = 0.75,
    top_p = 1.0,
    max_tokens = 8,
    stream = true
)]
async fn writes() {}

#[test]
fn options_are_written_as_literals_too() {
    let spans = Telemetry::record(|| block_on(writes())).spans;
    let span = spans.named("chat m-9");
    assert_eq!(span.str("gen_ai.provider.name"), Some("acme"));
    assert_eq!(span.f64("gen_ai.request.temperature"), Some(0.75));
    assert_eq!(span.f64("gen_ai.request.top_p"), Some(1.0));
    assert_eq!(span.int("gen_ai.request.max_tokens"), Some(8));
    assert_eq!(span.bool("gen_ai.request.stream"), Some(true));
}

#[test]
fn literals_win_over_what_the_request_names() {
    #[agentops::llm_call(model = "m-9", request = REQUEST, temperature = 0.75)]
    fn ask() {}

    let spans = Telemetry::record(ask).spans;
    let span = spans.named("chat m-9");
    assert_eq!(span.f64("gen_ai.request.temperature"), Some(0.75));
    assert_eq!(span.f64("gen_ai.request.top_p"), Some(0.5));
}

#[test]
fn call_without_options_says_nothing_of_a_request() {
    #[agentops::llm_call]
    fn ask() {}

    let spans = record_content(ask).spans;
    let span = spans.named("chat");
    let keys = span.attributes().keys();
    let own: Vec<_> = keys
        .iter()
        .filter(|key| key.starts_with("gen_ai."))
        .collect();
    assert_eq!(own, [&"gen_ai.operation.name"]);
}

#[test]
fn usage_comes_in_several_forms() {
    #[agentops::llm_call(name = "own", usage = |answer| Usage::new(answer.input, answer.output))]
    fn own() -> Result<Answer, String> {
        answer("a")
    }

    #[agentops::llm_call(name = "lent", usage = |usage| usage)]
    async fn lent() -> Usage {
        Usage::new(17, 5)
    }

    #[agentops::llm_call(name = "some", usage = |answer| answer.as_ref().map(|usage| *usage))]
    fn some() -> Option<(u32, u32)> {
        Some((17, 5))
    }

    #[agentops::llm_call(name = "none", usage = |answer| answer.as_ref().map(|usage| *usage))]
    fn none() -> Option<(u32, u32)> {
        None
    }

    let received = Telemetry::record(|| {
        own().unwrap();
        block_on(lent());
        some();
        none();
    });
    for name in ["own", "lent", "some"] {
        let span = received.spans.named(name);
        assert_eq!(span.int("gen_ai.usage.input_tokens"), Some(17), "{name}");
        assert_eq!(span.int("gen_ai.usage.output_tokens"), Some(5), "{name}");
    }
    let none = received.spans.named("none");
    assert_eq!(none.int("gen_ai.usage.input_tokens"), None);
    received.metrics.assert_total("llm.tokens.total", &[], 66.0);
}

#[test]
fn usage_wins_over_what_the_value_looks_like() {
    #[agentops::llm_call(usage = |_| (1_u64, 2_u64))]
    fn ask() -> serde_json::Value {
        json!({"model": "m-2", "usage": {"prompt_tokens": 17, "completion_tokens": 5}})
    }

    let spans = Telemetry::record(ask).spans;
    let span = spans.named("chat m-2");
    assert_eq!(span.int("gen_ai.usage.input_tokens"), Some(1));
    assert_eq!(span.int("gen_ai.usage.output_tokens"), Some(2));
    assert_eq!(span.str("gen_ai.response.model"), Some("m-2"));
}

#[test]
fn messages_are_recorded_as_they_are() {
    #[agentops::llm_call(prompt = messages, completion = |answer| answer)]
    async fn ask(messages: &serde_json::Value) -> serde_json::Value {
        messages.clone()
    }

    let messages = json!([{"role": "system", "parts": []}]);
    let spans = record_content(|| block_on(ask(&messages))).spans;
    let span = spans.named("chat");
    assert_eq!(content(span, PROMPT), messages);
    assert_eq!(content(span, COMPLETION), messages);
}

#[test]
fn host_stands_alone_where_no_port_is_named() {
    #[agentops::llm_call(server = "[::1]")]
    fn ask() {}

    let spans = Telemetry::record(ask).spans;
    let span = spans.named("chat");
    assert_eq!(span.str("server.address"), Some("::1"));
    assert_eq!(span.int("server.port"), None);
}

#[test]
fn closures_that_panic_say_nothing_and_harm_nobody() {
    #[agentops::llm_call(
        name = "ask",
        usage = |_| panics::<Usage>(),
        response = |_| panics::<String>(),
        completion = |_| panics::<String>()
    )]
    fn ask() -> Result<Answer, String> {
        answer("a")
    }

    #[agentops::llm_call(
        name = "ask_async",
        usage = |_| panics::<Usage>(),
        response = |_| panics::<String>(),
        completion = |_| panics::<String>()
    )]
    async fn ask_async() -> Result<Answer, String> {
        answer("a")
    }

    let spans = record_content(|| {
        assert_eq!(ask().unwrap().text, "A");
        assert_eq!(block_on(ask_async()).unwrap().text, "A");
    })
    .spans;
    for name in ["ask", "ask_async"] {
        let span = spans.named(name);
        assert_eq!(span.str(COMPLETION), None);
        assert_eq!(span.int("gen_ai.usage.input_tokens"), None);
        assert_eq!(content(span, OUTPUT)["text"], json!("A"));
    }
}

#[test]
fn request_that_panics_while_it_is_read_harms_nobody() {
    struct Bad;

    impl serde::Serialize for Bad {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            panic!("no words")
        }
    }

    #[agentops::llm_call(request = bad, model = "m", skip(bad))]
    fn ask(bad: Bad) -> u8 {
        let _ = bad;
        1
    }

    let spans = record_content(|| assert_eq!(ask(Bad), 1)).spans;
    assert_eq!(spans.names(), ["chat m"]);
}
