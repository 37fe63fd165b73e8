//! Whether arguments and results are recorded, and what is said of it.

use agentops_tests::spool::read;
use agentops_tests::{Collector, Program};

use crate::{TIMEOUT, notice};

const TOLD: &str = "arguments and results are recorded, as all stays on this machine; \
                    `AGENTOPS_CAPTURE_CONTENT=0` turns that off, `=1` this line only";

/// Runs the probe with these variables: what it said, and what its tool span holds.
fn run(variables: &[(&str, &str)]) -> (String, Option<String>) {
    let home = tempfile::tempdir().unwrap();
    let collector = Collector::start();
    let program = Program::new(env!("CARGO_BIN_EXE_probe"))
        .env("HOME", home.path())
        .arg("content");
    let program = variables.iter().fold(program, |program, (name, value)| {
        program.env(name, value.replace("{endpoint}", &collector.endpoint()))
    });
    let exit = program.run(TIMEOUT);
    exit.assert_success();
    let mut spans = collector.spans();
    if spans.is_empty() {
        (spans, _) = read(&home.path().join(".agentops/spool/local"));
    }
    let span = spans.named("execute_tool search");
    let arguments = span.str("gen_ai.tool.call.arguments").map(str::to_owned);
    let result = span.str("gen_ai.tool.call.result");
    assert_eq!(arguments.is_some(), result.is_some());
    (exit.stderr, arguments)
}

const RECORDED: &str = r#"{"query":"rust"}"#;
const ENDPOINT: (&str, &str) = ("OTEL_EXPORTER_OTLP_ENDPOINT", "{endpoint}");
const STANDARD: &str = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

#[test]
fn content_is_recorded_and_told_while_it_stays_on_this_machine() {
    let (said, arguments) = run(&[]);
    assert_eq!(said, notice(TOLD));
    assert_eq!(arguments.as_deref(), Some(RECORDED));
}

#[test]
fn content_is_not_recorded_where_it_would_leave_this_machine() {
    assert_eq!(run(&[ENDPOINT]), (String::new(), None));
    let fan_out = ("AGENTOPS_DESTINATION", "local,otlp");
    let (said, arguments) = run(&[ENDPOINT, fan_out]);
    assert_eq!((said.as_str(), arguments), ("", None));
    let logs_leave = ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "{endpoint}/v1/logs");
    assert_eq!(run(&[logs_leave]), (String::new(), None));
}

#[test]
fn content_is_recorded_where_only_metrics_leave_this_machine() {
    let metrics_leave = (
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "{endpoint}/v1/metrics",
    );
    let (said, arguments) = run(&[metrics_leave]);
    assert_eq!((said, arguments.as_deref()), (notice(TOLD), Some(RECORDED)));
}

#[test]
fn nothing_is_said_of_content_where_nothing_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let exit = Program::new(env!("CARGO_BIN_EXE_probe"))
        .env("HOME", home.path())
        .env("AGENTOPS_DESTINATION", "none")
        .arg("content")
        .run(TIMEOUT);
    exit.assert_success();
    assert_eq!(exit.stderr, "");
}

#[test]
fn variables_decide_without_a_word() {
    let recorded = Some(RECORDED.to_owned());
    for (variables, expected) in [
        (vec![("AGENTOPS_CAPTURE_CONTENT", "0")], &None),
        (vec![("AGENTOPS_CAPTURE_CONTENT", "1")], &recorded),
        (
            vec![ENDPOINT, ("AGENTOPS_CAPTURE_CONTENT", "true")],
            &recorded,
        ),
        (vec![ENDPOINT, (STANDARD, "SPAN_ONLY")], &recorded),
        (vec![(STANDARD, "NO_CONTENT")], &None),
        (
            vec![
                (STANDARD, "SPAN_ONLY"),
                ("AGENTOPS_CAPTURE_CONTENT", "false"),
            ],
            &None,
        ),
    ] {
        assert_eq!(
            run(&variables),
            (String::new(), expected.clone()),
            "{variables:?}"
        );
    }
}

#[test]
fn what_is_no_choice_is_an_error_of_init() {
    let home = tempfile::tempdir().unwrap();
    let exit = Program::new(env!("CARGO_BIN_EXE_probe"))
        .env("HOME", home.path())
        .env("AGENTOPS_CAPTURE_CONTENT", "maybe")
        .arg("run")
        .run(TIMEOUT);
    assert!(
        exit.stdout.starts_with(
            "init: invalid `AGENTOPS_CAPTURE_CONTENT` (environment): `maybe` is not one of \
             `1`, `true`, `0`, `false`\n"
        ),
        "{}",
        exit.stdout
    );
}
