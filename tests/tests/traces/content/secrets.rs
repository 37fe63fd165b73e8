//! Secrets in arguments, results and errors.

use std::fmt;

use serde::Serialize;
use serde_json::json;

use super::{INPUT, OUTPUT, TOOL_INPUT, TOOL_OUTPUT, input, json as content, output};
use crate::{block_on, record_content};

const KEY: &str = "sk-proj-Xy7Qm2Rk9Lw4Tz8Vb3Nc6Hd1";

/// What was received, as far as secrets could stand in it: all bodies as they were sent.
#[track_caller]
fn assert_nowhere(received: &agentops_tests::Received, secret: &str) {
    for request in &received.requests {
        let body = String::from_utf8_lossy(&request.body);
        assert!(!body.contains(secret), "{} holds it", request.path);
    }
}

#[derive(Clone, Debug, Serialize)]
struct Login {
    user: &'static str,
    password: &'static str,
}

const LOGIN: Login = Login {
    user: "ann",
    password: "hunter2",
};

#[test]
fn capture_of_a_test_is_masked_too() {
    #[agentops::tool]
    fn search(query: &str) -> usize {
        query.len()
    }

    let captured = agentops::testing::capture(|| search(KEY));
    let span = captured.span("execute_tool search");
    assert_eq!(span.str(TOOL_INPUT), Some(r#"{"query":"[masked]"}"#));
}

#[test]
fn secrets_of_a_known_shape_are_masked_wherever_they_stand() {
    #[agentops::tool("search")]
    fn run(query: &str, headers: &[(&str, String)]) -> String {
        format!("{query} with {KEY}")
    }

    let received = record_content(|| {
        let given = run(
            &format!("use {KEY} for it"),
            &[("Authorization", format!("Bearer {KEY}"))],
        );
        assert!(given.ends_with(KEY), "the function's own value is unharmed");
    });
    let span = received.spans.named("execute_tool search");
    assert_eq!(
        content(span, TOOL_INPUT),
        Some(json!({
            "query": "use [masked] for it",
            "headers": [["Authorization", "Bearer [masked]"]],
        }))
    );
    assert_eq!(
        content(span, TOOL_OUTPUT),
        Some(json!("use [masked] for it with [masked]"))
    );
    assert_nowhere(&received, KEY);
}

#[test]
fn members_that_are_called_like_secrets_are_masked() {
    #[agentops::task]
    fn run(login: Login, max_tokens: u32) -> Result<Login, String> {
        assert_eq!(login.password, "hunter2");
        Ok(login)
    }

    let received = record_content(|| assert_eq!(run(LOGIN, 500).unwrap().password, "hunter2"));
    let span = received.spans.named("run");
    let masked = json!({"user": "ann", "password": "[masked]"});
    assert_eq!(input(span), json!({"login": masked, "max_tokens": 500}));
    assert_eq!(output(span), masked);
    assert_nowhere(&received, "hunter2");
}

#[test]
fn members_of_debug_forms_are_masked() {
    #[derive(Debug)]
    struct Shown {
        #[expect(dead_code, reason = "it is shown")]
        api_key: &'static str,
        #[expect(dead_code, reason = "it is shown")]
        region: &'static str,
    }

    #[agentops::task]
    async fn run(shown: Shown) -> Option<Shown> {
        Some(shown)
    }

    let received = record_content(|| {
        block_on(run(Shown {
            api_key: "hunter2",
            region: "eu",
        }))
    });
    let span = received.spans.named("run");
    let masked = r#"Shown { api_key: "[masked]", region: "eu" }"#;
    assert_eq!(input(span), json!({"shown": masked}));
    assert_eq!(output(span), json!(format!("Some({masked})")));
    assert_nowhere(&received, "hunter2");
}

#[test]
fn arguments_that_are_called_like_secrets_are_masked() {
    #[agentops::task]
    fn run(api_key: &str, password: Option<String>, token: Vec<&str>, key: &str) {}

    let received = record_content(|| run("hunter2", Some("hunter3".into()), vec!["hunter4"], "k"));
    assert_eq!(
        input(received.spans.named("run")),
        json!({
            "api_key": "[masked]",
            "password": "[masked]",
            "token": ["[masked]"],
            "key": "k",
        })
    );
    assert_nowhere(&received, "hunter");
}

#[test]
fn error_messages_are_masked() {
    #[derive(Debug)]
    struct Refused;

    impl fmt::Display for Refused {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "401 for key {KEY}")
        }
    }

    #[agentops::task]
    fn run() -> Result<(), Refused> {
        Err(Refused)
    }

    let received = record_content(|| assert!(run().unwrap_err().to_string().ends_with(KEY)));
    let span = received.spans.named("run");
    assert_eq!(span.status_message(), "401 for key [masked]");
    let events = span.events();
    assert_eq!(
        events[0].attributes().str("exception.message"),
        Some("401 for key [masked]")
    );
    assert_nowhere(&received, KEY);
}

#[test]
fn secrets_in_a_value_that_is_cut_are_masked() {
    #[agentops::task]
    fn run(text: &str) -> String {
        text.to_owned()
    }

    // So many keys that the limit falls into one of them.
    let text = format!("{KEY} ").repeat((512 << 10) / KEY.len());
    let received = record_content(|| run(&text));
    let span = received.spans.named("run");
    for (key, end) in [(INPUT, " bytes]\"}"), (OUTPUT, " bytes]")] {
        let found = span.str(key).unwrap();
        assert!(found.contains("[masked] [masked] "), "{key}");
        assert!(found.ends_with(end), "{key}");
        assert!(!found.contains(&KEY[..16]), "{key}");
    }
}
