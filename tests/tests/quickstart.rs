//! The quickstart, run as a person runs it.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use agentops_examples::pace;
use agentops_tests::spool::{files_below, read};
use agentops_tests::terminal::masked;
use agentops_tests::{Collector, Exit, Spans, Tree, example};
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;

const TIMEOUT: Duration = Duration::from_mins(1);

const TREE: &str = "
    session answer: ok
      llm_call chat gpt-4o-mini (13 in, 63 out): ok
      llm_call chat gpt-4o (77 in, 24 out): ok
";

/// Runs it in a home that is empty at first.
#[track_caller]
fn run(home: &Path, variables: &[(&str, &str)]) -> Exit {
    let program = example("quickstart").env("HOME", home);
    let program = variables
        .iter()
        .fold(program, |program, (name, value)| program.env(name, value));
    let exit = program.run(TIMEOUT);
    exit.assert_success();
    exit
}

#[track_caller]
fn run_in_empty_home(variables: &[(&str, &str)]) -> Exit {
    run(tempfile::tempdir().unwrap().path(), variables)
}

#[test]
fn tree_answer_and_place_are_printed() {
    let home = tempfile::tempdir().unwrap();
    let exit = run(home.path(), &[]);
    assert_eq!(
        exit.stdout,
        format!(
            "OpenTelemetry is an open standard for describing what software does, in traces, \
             metrics and logs.\n\
             3 spans in {}\n",
            home.path().join(".agentops/spool/local").display()
        )
    );
    assert_eq!(
        masked(&exit.stderr),
        "\
agentops: arguments and results are recorded, as all stays on this machine; `AGENTOPS_CAPTURE_CONTENT=0` turns that off, `=1` this line only
✓ answer quickstart <time> 3 spans <duration> 90 → 87 tokens
├ ✦ chat gpt-4o-mini 13 → 63 <duration> ok
└ ✦ chat gpt-4o 77 → 24 <duration> ok
total 2 llm calls 90 → 87 tokens <duration> session <id>
"
    );
}

#[test]
fn latencies_are_not_below_the_servers_delay() {
    let home = tempfile::tempdir().unwrap();
    run(home.path(), &[]);
    let (spans, metrics) = read(&home.path().join(".agentops/spool/local"));
    Tree::of(&spans).assert_eq(TREE);
    assert_slow_enough(&spans);
    let latency = metrics.named("llm.request.latency");
    for point in latency.points() {
        assert!(point.sum() >= pace::delay(24).as_secs_f64() * 1e3);
    }
}

#[track_caller]
fn assert_slow_enough(spans: &Spans) {
    let mut calls = Duration::ZERO;
    for name in ["chat gpt-4o-mini", "chat gpt-4o"] {
        let span = spans.named(name);
        let output = usize::try_from(span.int("gen_ai.usage.output_tokens").unwrap()).unwrap();
        let delay = pace::delay(output);
        assert!(
            span.duration() >= delay,
            "{name} took {:?}",
            span.duration()
        );
        calls += span.duration();
    }
    assert!(spans.named("answer").duration() >= calls);
}

#[test]
fn endpoint_gets_traces_and_metrics() {
    let collector = Collector::start();
    let exit = run_in_empty_home(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint())]);
    let told = format!("\n3 spans delivered to {}\n", collector.endpoint());
    assert!(exit.stdout.ends_with(&told), "{}", exit.stdout);

    let spans = collector.spans();
    Tree::of(&spans).assert_eq(TREE);
    assert_slow_enough(&spans);
    let session = spans.named("answer");
    assert_eq!(session.resource().str("service.name"), Some("quickstart"));
    for span in spans.iter() {
        assert_eq!(span.trace_id(), session.trace_id());
        assert_eq!(span.str("session.id"), session.str("session.id"));
    }
    let call = spans.named("chat gpt-4o");
    assert_eq!(call.kind(), SpanKind::Client);
    assert_eq!(call.str("gen_ai.provider.name"), Some("openai"));
    assert_eq!(
        call.attributes().strs("gen_ai.response.finish_reasons"),
        Some(vec!["stop"])
    );

    let metrics = collector.metrics();
    for (kind, tokens) in [("input", 90.0), ("output", 87.0)] {
        metrics.assert_total("llm.tokens.total", &[("gen_ai.token.type", kind)], tokens);
    }
    let model = [("gen_ai.request.model", "gpt-4o")];
    let latency = metrics.named("llm.request.latency").point(&model);
    let millis = call.duration().as_secs_f64() * 1e3;
    assert!((latency.sum() - millis).abs() < 1e-3);
}

#[test]
fn endpoint_that_is_down_costs_one_line_and_the_next_run_delivers_both() {
    // An address of its own, so that nobody takes the port in between.
    let stopped = Collector::start_on(SocketAddr::from((Ipv4Addr::new(127, 71, 0, 1), 0)));
    stopped.stop();
    let endpoint = stopped.endpoint();
    let home = tempfile::tempdir().unwrap();
    let variables = [("OTEL_EXPORTER_OTLP_ENDPOINT", &*endpoint)];

    let exit = run(home.path(), &variables);
    let (notices, tree): (Vec<&str>, Vec<&str>) = exit
        .stderr
        .lines()
        .partition(|line| line.starts_with("agentops: "));
    assert_eq!(
        notices,
        [format!(
            "agentops: the endpoint does not take data (connection refused); it is kept in the \
             spool and sent later, by this run or the next: {endpoint}"
        )]
    );
    assert_eq!(tree.len(), 4, "{}", exit.stderr);
    assert!(exit.stdout.contains("\n3 spans in "), "{}", exit.stdout);

    let collector = Collector::start_on(stopped.addr());
    let exit = run(home.path(), &variables);
    assert_eq!(exit.stderr.lines().count(), 4, "{}", exit.stderr);
    assert!(
        exit.stdout.contains("\n6 spans delivered to "),
        "{}",
        exit.stdout
    );
    let spans = collector.spans();
    Tree::of(&spans).assert_eq(&TREE.repeat(2));
    assert_eq!(collector.metrics().all_named("llm.tokens.total").len(), 2);
}

#[test]
fn nothing_is_coloured_where_stderr_is_no_terminal() {
    for variables in [&[][..], &[("NO_COLOR", "1")], &[("TERM", "xterm-256color")]] {
        let exit = run_in_empty_home(variables);
        assert!(!exit.stderr.contains('\x1b'), "{variables:?}");
        assert!(!exit.stdout.contains('\x1b'), "{variables:?}");
    }
}

#[test]
fn program_without_a_home_runs_all_the_same() {
    let exit = example("quickstart").run(TIMEOUT);
    exit.assert_success();
    assert!(
        exit.stdout.ends_with("\n3 spans in memory\n"),
        "{}",
        exit.stdout
    );
    assert!(exit.stderr.contains("✓ answer "), "{}", exit.stderr);
}

#[test]
fn server_of_the_users_own_is_asked_when_it_is_named() {
    // Nobody listens there: the program fails, and its session says so.
    let home = tempfile::tempdir().unwrap();
    let exit = example("quickstart")
        .env("HOME", home.path())
        .env("OPENAI_BASE_URL", "http://127.71.0.2:1/v1")
        .run(TIMEOUT);
    assert_eq!(exit.status.code(), Some(1));
    assert!(exit.stderr.contains("✗ answer "), "{}", exit.stderr);
    let (spans, _) = read(&home.path().join(".agentops/spool/local"));
    Tree::of(&spans).assert_eq(
        "
        session answer: error, cannot reach the provider
          llm_call chat gpt-4o-mini: error, cannot reach the provider
        ",
    );
}

#[test]
fn only_the_spool_is_written() {
    let home = tempfile::tempdir().unwrap();
    run(home.path(), &[]);
    for path in files_below(home.path()) {
        assert!(path.starts_with(home.path().join(".agentops/spool/local")));
    }
}
