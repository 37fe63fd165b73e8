//! Tools that the local server calls.

use agentops_examples::{Openai, Server, text, tokens};
use serde_json::{Value, json};

use super::{post, refusal};

const QUESTION: &str =
    "How many days does the path around the lake take at 65 kilometres a day, by the guide?";

/// A function with one text as parameter.
fn tool(name: &str, description: &str, parameter: &str) -> Value {
    json!({
        "type": "function",
        "function": {
            "name": name,
            "description": description,
            "parameters": {
                "type": "object",
                "properties": { parameter: { "type": "string" } },
                "required": [parameter],
            },
        },
    })
}

/// A request with tools to search, to read and to calculate.
fn research() -> Value {
    json!({
        "model": "gpt-4o",
        "messages": [{ "role": "user", "content": QUESTION }],
        "tools": [
            tool("search", "Search the library.", "query"),
            tool("read_page", "Read a page.", "page"),
            tool("calculate", "Do a sum.", "sum"),
        ],
    })
}

/// Asks, and hands the message of the answer on to the request, as a program does.
async fn step(openai: &Openai, request: &mut Value) -> Value {
    let response = openai.complete(request).await.unwrap();
    let message = response["choices"][0]["message"].clone();
    request["messages"]
        .as_array_mut()
        .unwrap()
        .push(message.clone());
    response
}

/// The calls of a response, each as its function's name and its arguments.
fn calls(response: &Value) -> Vec<(String, Value)> {
    assert_eq!(response["choices"][0]["finish_reason"], "tool_calls");
    let calls = response["choices"][0]["message"]["tool_calls"].as_array();
    let parse = |call: &Value| {
        let function = &call["function"];
        let arguments = serde_json::from_str(function["arguments"].as_str().unwrap()).unwrap();
        (function["name"].as_str().unwrap().to_owned(), arguments)
    };
    calls.unwrap().iter().map(parse).collect()
}

/// Answers the calls of the last message, in their order.
fn answer(request: &mut Value, results: &[&str]) {
    let messages = request["messages"].as_array_mut().unwrap();
    let calls = messages.last().unwrap()["tool_calls"].clone();
    let calls = calls.as_array().unwrap();
    assert_eq!(calls.len(), results.len());
    for (call, result) in calls.iter().zip(results) {
        messages.push(json!({ "role": "tool", "tool_call_id": call["id"], "content": result }));
    }
}

#[tokio::test]
async fn call_has_the_shape_of_openai() {
    let openai = Openai::local().await.unwrap();
    let response = openai.complete(&research()).await.unwrap();

    let choice = &response["choices"][0];
    assert_eq!(choice["finish_reason"], "tool_calls");
    assert_eq!(choice["message"]["role"], "assistant");
    assert_eq!(choice["message"]["content"], Value::Null);
    let call = &choice["message"]["tool_calls"][0];
    assert!(call["id"].as_str().unwrap().starts_with("call_"));
    assert_eq!(call["type"], "function");
    assert_eq!(call["function"]["name"], "search");
    let arguments = r#"{"query":"days path around lake kilometres guide"}"#;
    assert_eq!(call["function"]["arguments"], arguments);
}

#[tokio::test]
async fn tools_and_calls_are_counted() {
    let openai = Openai::local().await.unwrap();
    let mut request = research();
    let without_tools = tokens::count(QUESTION) + 4 + 3;
    let mut tools = 0;
    for tool in request["tools"].as_array().unwrap() {
        let function = &tool["function"];
        let schema = function["parameters"].to_string();
        tools += 6 + tokens::count(&schema);
        tools += tokens::count(function["name"].as_str().unwrap());
        tools += tokens::count(function["description"].as_str().unwrap());
    }

    let first = step(&openai, &mut request).await;
    assert_eq!(first["usage"]["prompt_tokens"], without_tools + tools);
    let call = &first["choices"][0]["message"]["tool_calls"][0]["function"];
    let call = 3
        + tokens::count(call["name"].as_str().unwrap())
        + tokens::count(call["arguments"].as_str().unwrap());
    assert_eq!(first["usage"]["completion_tokens"], call);

    answer(&mut request, &["[]"]);
    let second = step(&openai, &mut request).await;
    let messages = (4 + call) + (4 + tokens::count("[]"));
    assert_eq!(
        second["usage"]["prompt_tokens"],
        without_tools + tools + messages
    );
}

#[tokio::test]
async fn question_is_searched_read_and_calculated() {
    let openai = Openai::local().await.unwrap();
    let mut request = research();
    step(&openai, &mut request).await;
    answer(
        &mut request,
        &[r#"[{"page":"lake","title":"The lake"},{"page":"ferry"},{"page":"unread"}]"#],
    );

    let found = step(&openai, &mut request).await;
    let read = |page: &str| ("read_page".to_owned(), json!({ "page": page }));
    assert_eq!(calls(&found), [read("lake"), read("ferry")]);
    answer(
        &mut request,
        &[
            "The path is 260 kilometres long. It is flat.",
            "error: no answer",
        ],
    );

    // What failed is tried once more, and then left.
    let failed = step(&openai, &mut request).await;
    assert_eq!(calls(&failed), [read("ferry")]);
    answer(&mut request, &["Error: no answer"]);

    let read = step(&openai, &mut request).await;
    let sum = ("calculate".to_owned(), json!({ "sum": "260 / 65" }));
    assert_eq!(calls(&read), [sum]);
    answer(&mut request, &["4"]);

    let last = step(&openai, &mut request).await;
    assert_eq!(last["choices"][0]["finish_reason"], "stop");
    assert_eq!(
        text(&last).unwrap(),
        "260 / 65 is 4. The path is 260 kilometres long [lake]."
    );
}

#[tokio::test]
async fn equal_conversations_get_equal_calls_under_different_ids() {
    let openai = Openai::local().await.unwrap();
    let mut responses = Vec::new();
    let mut ids = Vec::new();
    for _ in 0..2 {
        let mut response = openai.complete(&research()).await.unwrap();
        ids.push(response["choices"][0]["message"]["tool_calls"][0]["id"].take());
        response["id"].take();
        response["created"].take();
        responses.push(response);
    }
    assert_ne!(ids[0], ids[1]);
    assert_eq!(responses[0], responses[1]);
}

#[tokio::test]
async fn one_call_at_a_time_where_calls_must_not_be_parallel() {
    let openai = Openai::local().await.unwrap();
    let mut request = research();
    request["parallel_tool_calls"] = false.into();
    step(&openai, &mut request).await;
    answer(&mut request, &[r#"[{"page":"lake"},{"page":"ferry"}]"#]);
    let found = step(&openai, &mut request).await;
    assert_eq!(calls(&found).len(), 1);
}

#[tokio::test]
async fn choice_decides_whether_a_tool_is_called() {
    let openai = Openai::local().await.unwrap();
    let function = json!({ "type": "function", "function": { "name": "calculate" } });
    let cases = [
        ("auto".into(), "What is a span?", None),
        ("auto".into(), "Search for spans", Some("search")),
        ("none".into(), "Who won?", None),
        ("required".into(), "It rains.", Some("search")),
        (function, "Who won?", Some("calculate")),
    ];
    for (choice, prompt, expected) in cases {
        let mut request = research();
        request["messages"][0]["content"] = prompt.into();
        request["tool_choice"] = choice;
        let response = openai.complete(&request).await.unwrap();
        let call = &response["choices"][0]["message"]["tool_calls"][0];
        assert_eq!(call["function"]["name"].as_str(), expected, "{prompt}");
    }
}

#[tokio::test]
async fn sum_in_the_question_is_calculated_and_a_strange_tool_asked() {
    let openai = Openai::local().await.unwrap();
    let mut request = research();
    request["messages"][0]["content"] = "What is 12 * 3?".into();
    request["tools"] = json!([
        tool("calculate", "", "sum"),
        tool("weather", "The weather of a city.", "city"),
    ]);
    let response = step(&openai, &mut request).await;
    assert_eq!(calls(&response)[0].1, json!({ "sum": "12 * 3" }));

    request["messages"] = json!([{ "role": "user", "content": "Which weather has Rome?" }]);
    let response = step(&openai, &mut request).await;
    assert_eq!(calls(&response)[0].0, "weather");
    answer(&mut request, &["It is sunny."]);
    let response = step(&openai, &mut request).await;
    assert_eq!(text(&response).unwrap(), "It is sunny.");
}

#[tokio::test]
async fn messages_that_do_not_belong_together_are_refused() {
    let server = Server::start().await.unwrap();
    let user = json!({ "role": "user", "content": "Hi" });
    let call = json!({
        "role": "assistant",
        "tool_calls": [{
            "id": "call_1",
            "type": "function",
            "function": { "name": "search", "arguments": "{}" },
        }],
    });
    let result = |id: Value| json!({ "role": "tool", "tool_call_id": id, "content": "4" });
    let cases = [
        (
            json!([user, result("call_1".into())]),
            "messages[1]",
            "must be a response",
        ),
        (
            json!([user, call]),
            "messages",
            "did not have response messages: call_1",
        ),
        (
            json!([user, call, user]),
            "messages[2]",
            "did not have response messages: call_1",
        ),
        (
            json!([user, call, result("call_2".into())]),
            "messages[2]",
            "'call_2' not found",
        ),
        (
            json!([user, call, result(Value::Null)]),
            "messages[2].tool_call_id",
            "Missing required parameter",
        ),
        (
            json!([
                user,
                call,
                result("call_1".into()),
                user,
                result("call_1".into())
            ]),
            "messages[4]",
            "must be a response",
        ),
        (
            json!([user, { "role": "assistant" }]),
            "messages[1]",
            "expected content",
        ),
    ];
    for (messages, param, message) in cases {
        let body = json!({ "model": "gpt-4o", "messages": messages });
        let (status, error) = refusal(post(&server).json(&body)).await;
        assert_eq!(status, 400, "{messages}");
        assert_eq!(error["param"], param, "{messages}");
        let found = error["message"].as_str().unwrap();
        assert!(found.contains(message), "{messages}: {found}");
    }
}

#[tokio::test]
async fn bad_tools_are_refused() {
    let server = Server::start().await.unwrap();
    let named = |name: &str| json!([tool(name, "", "x")]);
    let cases = [
        (json!({ "tools": [] }), "tools"),
        (json!({ "tools": [{ "type": "custom" }] }), "tools[0].type"),
        (
            json!({ "tools": [{ "type": "function" }] }),
            "tools[0].function",
        ),
        (json!({ "tools": named("a b") }), "tools[0].function.name"),
        (
            json!({ "tools": named("a"), "tool_choice": "some" }),
            "tool_choice",
        ),
        (
            json!({ "tools": named("a"), "tool_choice": { "function": { "name": "b" } } }),
            "tool_choice",
        ),
        (json!({ "tool_choice": "auto" }), "tool_choice"),
        (
            json!({ "parallel_tool_calls": true }),
            "parallel_tool_calls",
        ),
        (json!({ "functions": [] }), "functions"),
    ];
    for (changes, param) in cases {
        let mut body = research();
        body.as_object_mut().unwrap().remove("tools");
        let changed = changes.as_object().unwrap().clone();
        body.as_object_mut().unwrap().extend(changed);
        let (status, error) = refusal(post(&server).json(&body)).await;
        assert_eq!(status, 400, "{changes}");
        assert_eq!(error["param"], param, "{changes}");
    }
}

#[tokio::test]
async fn call_that_does_not_fit_is_refused() {
    let server = Server::start().await.unwrap();
    let mut body = research();
    body["max_tokens"] = 4.into();
    let (status, error) = refusal(post(&server).json(&body)).await;
    assert_eq!(status, 400);
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("higher max_tokens"), "{message}");
}
